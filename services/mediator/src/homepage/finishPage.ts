import type { Composition, PlacedCandidate } from '@widget-mediator/composition';
import type { Degraded } from '@widget-mediator/contracts';
import type { Collected } from '../delivery/collected.ts';
import type { RankerReport } from '../ranking/askRanker.ts';
import type { Cursors } from './cursor.ts';
import { explain, isExplained } from './explain.ts';
import { contentsOf, type OpenPage } from './openPage.ts';
import type { PageLines } from './pageLines.ts';
import { writePage } from './writePage.ts';

/** How long each stage of a page took, in milliseconds; `rank` only where there was a ranker to ask. */
export interface StageTimings {
  readonly collect: number;
  readonly rank: number | undefined;
  readonly compose: number;
}

/** A page that is composed and about to be written. */
export interface ComposedPage {
  readonly collected: readonly Collected[];
  readonly ranked: RankerReport | undefined;
  readonly composition: Composition;
  readonly degraded: readonly Degraded[];
  readonly stagesMs: StageTimings;
}

/** The bytes of a page: all of it, or of one that is handed out line by line what is left. */
export function finishPage(
  cursors: Cursors,
  page: OpenPage,
  made: ComposedPage & { readonly lines: PageLines | undefined },
): Buffer {
  const { layout, pageId, above, sign } = page;
  const { collected, composition, degraded, stagesMs, lines } = made;
  const { placed } = composition;
  const contentOf = contentsOf(page, collected);
  const nextCursor = cursors.next({ layout, placed, above });
  const trace = isExplained(page.call.request) ? traceOf(page, made) : undefined;
  if (lines !== undefined) {
    const timingsMs = rounded({ ...stagesMs, total: performance.now() - page.startedAt });
    return lines.finish({ placed, contentOf, degraded, nextCursor, trace, timingsMs });
  }
  return writePage({
    pageId,
    layoutVersion: layout.version,
    placed,
    contentOf: ({ candidate }: PlacedCandidate) => contentOf(candidate),
    sign,
    degraded,
    nextCursor,
    trace,
  });
}

function traceOf({ call, layout, statistics, seed, excluded }: OpenPage, made: ComposedPage) {
  const { collected, ranked, composition, stagesMs } = made;
  const timingsMs = rounded({ ...stagesMs });
  const { id: statisticsId } = statistics;
  const { request } = call;
  return explain(
    { request, layout, collected, ranked, composition, statisticsId, seed, timingsMs },
    excluded,
  );
}

/** Hundredths of a millisecond, of the stages that there were. */
const rounded = (timingsMs: Readonly<Record<string, number | undefined>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(timingsMs).flatMap(([stage, ms]) =>
      ms === undefined ? [] : [[stage, Math.round(ms * 100) / 100]],
    ),
  );
