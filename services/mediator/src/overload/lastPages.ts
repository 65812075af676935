import type { HomepageRequest } from '@widget-mediator/contracts';
import { LRUCache } from 'lru-cache';
import type { Homepage } from '../homepage/composeHomepage.ts';
import { isExplained } from '../homepage/explain.ts';

/** The last pages for nobody in particular, to be given again when no other can be made. */
export interface LastPages {
  keep(request: HomepageRequest, page: Pick<Homepage, 'body' | 'madeFrom'>): void;
  /** One that may be given to this request, whoever asks; undefined when there is none. */
  find(request: HomepageRequest): Buffer | undefined;
}

export interface LastPagesParts {
  /** What a page would rest on now: one that rests on something else is not given again. */
  readonly basisOf: (request: HomepageRequest) => Homepage['madeFrom'];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What teams withdraw is off these pages then, too. */
const keptForMs = 10_000;

/** By device, locale and maturity: some 60 KB each. */
const maxPages = 64;

export function createLastPages({ basisOf, now }: LastPagesParts): LastPages {
  const pages = new LRUCache<string, { body: Buffer; madeFrom: Homepage['madeFrom']; madeAtMs: number }>({
    max: maxPages,
  });
  return {
    keep(request, { body, madeFrom }) {
      if (request.user !== undefined || request.session !== undefined || request.segments.length > 0) return;
      if (mayGetAnothers(request)) pages.set(keyOf(request), { body, madeFrom, madeAtMs: now() });
    },
    find(request) {
      const kept = mayGetAnothers(request) ? pages.get(keyOf(request)) : undefined;
      if (kept === undefined || now() - kept.madeAtMs >= keptForMs) return undefined;
      const { layout, takenDown } = basisOf(request);
      const isStillTrue = kept.madeFrom.layout === layout && kept.madeFrom.takenDown === takenDown;
      return isStillTrue ? kept.body : undefined;
    },
  };
}

/** Not who has seen or dismissed items, nor who asks for what comes below, or why. */
const mayGetAnothers = (request: HomepageRequest): boolean =>
  request.cursor === undefined &&
  request.dismissed.length + request.seen.length + request.lastPage.length === 0 &&
  !isExplained(request);

const keyOf = ({ device, locale, maturity }: HomepageRequest): string =>
  `${device} ${locale} ${maturity ?? ''}`;
