import type {
  Composition,
  CompositionInput,
  LoggedPage,
  PlacedCandidate,
} from '@widget-mediator/composition';
import { type Degraded, type Provenance, verdictTable } from '@widget-mediator/contracts';
import { ClientGone } from '../delivery/clientGone.ts';
import { collect } from '../delivery/collect.ts';
import type { Collected, CollectParts } from '../delivery/collected.ts';
import { type AskRankerParts, askRanker, type RankerReport } from '../ranking/askRanker.ts';
import { rankerOf, sourcesBudgetMs } from '../ranking/rankerBudget.ts';
import { explain, isExplained } from './explain.ts';
import {
  contentsOf,
  inputOf,
  type OpenPage,
  type OpenPageParts,
  openPage,
  type PageCall,
} from './openPage.ts';
import { openPageLines } from './pageLines.ts';
import { settling } from './settling.ts';
import type { PageSigner } from './tokens.ts';
import { writePage } from './writePage.ts';

export interface HomepageParts extends OpenPageParts, CollectParts, AskRankerParts {
  readonly compose: (input: CompositionInput) => Composition;
  readonly signPage: (pageId: string) => PageSigner;
}

/** How long each stage of a page took, in milliseconds; `rank` only where there was a ranker to ask. */
export interface PageTimings {
  readonly collect: number;
  readonly rank?: number;
  readonly compose: number;
  readonly write: number;
  readonly total: number;
}

/** A finished page and what is to be known about it. */
export interface Homepage {
  readonly pageId: string;
  readonly traceId: string;
  /** The page, or of one that is streamed the lines that were not handed out yet. */
  readonly body: Buffer;
  readonly timingsMs: PageTimings;
  readonly deadlineMs: number;
  /** Whether it was finished without waiting for all, because nobody could have changed it any more. */
  readonly closedEarly: boolean;
  readonly placements: number;
  readonly degraded: readonly Degraded[];
  readonly composition: Composition;
  readonly provenances: readonly Provenance[];
  /** The page as statistics sample it; made only when asked. */
  logged(): LoggedPage;
}

/**
 * One page, from context to bytes: collect what the sources have, compose, write. It fails only by a fault of ours, with
 * `CursorInvalid`, or with `ClientGone`.
 */
export async function composeHomepage(parts: HomepageParts, call: PageCall): Promise<Homepage> {
  const page = openPage(parts, call);
  try {
    const made = await makePage(parts, page);
    page.trace.end('finished');
    return made;
  } catch (error) {
    page.trace.end(error instanceof ClientGone ? 'gone' : 'failed');
    throw error;
  }
}

async function makePage(parts: HomepageParts, page: OpenPage): Promise<Homepage> {
  const { request, layout, pageId, startedAt, budgetMs, eligible, cancellation, trace, emit } = page;
  const excluded = isExplained(request) ? parts.registry.excluded(request, layout) : [];
  const sign = parts.signPage(pageId);
  const lines = emit && openPageLines({ pageId, layoutVersion: layout.version, sign, emit });
  const isComplete = settling(page, lines);
  const collecting = trace.stage('collect');
  const collected = await collect(parts, eligible, {
    request,
    budgetMs: sourcesBudgetMs(layout, budgetMs),
    cancellation,
    trace,
    ...(isComplete !== undefined && { isComplete }),
  });
  collecting();
  const collectedAt = performance.now();

  const input = inputOf(page, collected);
  const ranker = input.candidates.length === 0 ? undefined : rankerOf(layout);
  const ranked =
    ranker &&
    (await askRanker(parts, ranker, {
      request,
      candidates: input.candidates,
      remainingMs: budgetMs - (collectedAt - startedAt),
      cancellation,
      trace,
    }));
  const rankedAt = ranked === undefined ? collectedAt : performance.now();
  const composing = trace.stage('compose');
  const composition = parts.compose(
    ranked?.ranking === undefined
      ? input
      : { ...input, context: { ...input.context, ranking: ranked.ranking } },
  );
  composing();
  const composedAt = performance.now();
  const writing = trace.stage('write');

  const { placed } = composition;
  const degraded = degradedOf(collected, ranked);
  const stagesMs = {
    collect: collectedAt - startedAt,
    ...(ranked !== undefined && { rank: ranked.durationMs }),
    compose: composedAt - rankedAt,
  };
  const { statistics, seed } = page;
  const made = { composition, statisticsId: statistics.id, seed, timingsMs: stagesMs };
  const contentOf = contentsOf(page, collected);
  const written = {
    placed,
    degraded,
    nextCursor: parts.cursors.next({ layout, placed, above: page.above }),
    trace: isExplained(request)
      ? explain({ request, layout, collected, ranked, ...made }, excluded)
      : undefined,
  };
  const body =
    lines === undefined
      ? writePage({
          ...written,
          pageId,
          layoutVersion: layout.version,
          contentOf: ({ candidate }: PlacedCandidate) => contentOf(candidate),
          sign,
        })
      : lines.finish({
          ...written,
          contentOf,
          timingsMs: rounded({ ...stagesMs, total: performance.now() - startedAt }),
        });
  writing();
  const finishedAt = performance.now();
  return {
    pageId,
    traceId: trace.traceId,
    body,
    timingsMs: { ...stagesMs, write: finishedAt - composedAt, total: finishedAt - startedAt },
    deadlineMs: page.deadlineMs,
    closedEarly: collected.some(({ code }) => code === 'not-awaited'),
    placements: placed.length,
    degraded,
    composition,
    provenances: placed.map(({ candidate }) => candidate.provenance),
    logged: () => loggedPage(collected),
  };
}

const rounded = (timings: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(timings).map(([stage, ms]) => [stage, Math.round(ms * 100) / 100]));

function degradedOf(collected: readonly Collected[], ranked: RankerReport | undefined): Degraded[] {
  const degraded: Degraded[] = collected.flatMap(({ registration, code }) =>
    code !== undefined && code !== 'too-few-items' && verdictTable[code].degraded
      ? [{ source: registration.manifest.metadata.id, reason: code }]
      : [],
  );
  if (ranked !== undefined && ranked.outcome !== 'answered') {
    degraded.push({ source: 'ranker', reason: ranked.outcome });
  }
  return degraded;
}

/** Whole lists: of a list cut short, what stands further down would look rarer than it is. */
function loggedPage(collected: readonly Collected[]): LoggedPage {
  return {
    widgets: collected.flatMap(({ entry }) => {
      if (entry === undefined || entry.candidate.provenance === 'fallback') return [];
      const { widget, items } = entry.candidate;
      return [{ widget, items: items.map(({ id }) => id) }];
    }),
  };
}
