import type { Candidate, Composition, CompositionInput, LoggedPage } from '@widget-mediator/composition';
import { type Degraded, type Provenance, verdictTable } from '@widget-mediator/contracts';
import { ClientGone } from '../delivery/clientGone.ts';
import { collect } from '../delivery/collect.ts';
import type { Collected, CollectParts } from '../delivery/collected.ts';
import { type AskRankerParts, askRanker, type RankerReport } from '../ranking/askRanker.ts';
import { rankerOf, sourcesBudgetMs } from '../ranking/rankerBudget.ts';
import { finishPage, type StageTimings } from './finishPage.ts';
import { inputOf, type OpenPage, type OpenPageParts, openPage, type PageCall } from './openPage.ts';
import { openPageLines, type PageLines } from './pageLines.ts';
import { settling } from './settling.ts';

export interface HomepageParts extends OpenPageParts, CollectParts, AskRankerParts {
  readonly compose: (input: CompositionInput) => Composition;
}

/** The same with what comes after composing. */
export interface PageTimings extends StageTimings {
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
  /** What it rests on that operators change. */
  readonly madeFrom: Pick<OpenPage, 'layout' | 'takenDown'>;
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
  const { layout, pageId, startedAt, trace, sign } = page;
  const { emit } = page.call;
  const lines = emit && openPageLines({ pageId, layoutVersion: layout.version, sign, emit });
  const collected = await collectFor(parts, page, lines);
  const collectedAt = performance.now();

  const input = inputOf(page, collected);
  const ranked = await rankFor(parts, page, input.candidates);
  const rankedAt = ranked === undefined ? collectedAt : performance.now();

  const endOfComposing = trace.stage('compose');
  const composition = parts.compose(
    ranked?.ranking === undefined
      ? input
      : { ...input, context: { ...input.context, ranking: ranked.ranking } },
  );
  endOfComposing();
  const composedAt = performance.now();

  const endOfWriting = trace.stage('write');
  const { placed } = composition;
  const degraded = degradedOf(collected, ranked);
  const collect = collectedAt - startedAt;
  const rank = ranked?.durationMs;
  const compose = composedAt - rankedAt;
  const stagesMs = { collect, rank, compose };
  const body = finishPage(parts.cursors, page, { collected, ranked, composition, degraded, stagesMs, lines });
  endOfWriting();
  const finishedAt = performance.now();
  return {
    pageId,
    traceId: trace.traceId,
    body,
    timingsMs: { collect, rank, compose, write: finishedAt - composedAt, total: finishedAt - startedAt },
    deadlineMs: page.deadlineMs,
    closedEarly: collected.some(({ code }) => code === 'not-awaited'),
    placements: placed.length,
    degraded,
    composition,
    madeFrom: { layout, takenDown: page.takenDown },
    provenances: placed.map(({ candidate }) => candidate.provenance),
    logged: () => loggedPage(collected),
  };
}

async function collectFor(
  parts: HomepageParts,
  page: OpenPage,
  lines: PageLines | undefined,
): Promise<Collected[]> {
  const { call, layout, eligible, trace } = page;
  const endOfCollecting = trace.stage('collect');
  const collected = await collect(parts, eligible, {
    request: call.request,
    budgetMs: sourcesBudgetMs(layout, page.budgetMs),
    cancellation: call.cancellation,
    trace,
    isComplete: settling(page, lines),
  });
  endOfCollecting();
  return collected;
}

/** Undefined when there is no ranker, or nothing to be ranked. */
async function rankFor(
  parts: HomepageParts,
  { call, layout, startedAt, budgetMs, trace }: OpenPage,
  candidates: readonly Candidate[],
): Promise<RankerReport | undefined> {
  const ranker = candidates.length === 0 ? undefined : rankerOf(layout);
  if (ranker === undefined) return undefined;
  const { request, cancellation } = call;
  const remainingMs = budgetMs - (performance.now() - startedAt);
  return askRanker(parts, ranker, { request, candidates, remainingMs, cancellation, trace });
}

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
