import { randomUUID } from 'node:crypto';
import type {
  Candidate,
  Composition,
  CompositionInput,
  LoggedPage,
  PlacedCandidate,
  Statistics,
} from '@widget-mediator/composition';
import {
  type Degraded,
  type HomepageRequest,
  type Provenance,
  verdictTable,
} from '@widget-mediator/contracts';
import { collect } from '../delivery/collect.ts';
import type { Collected, CollectParts } from '../delivery/collected.ts';
import type { Presented } from '../intake/content.ts';
import { type AskRankerParts, askRanker, type RankerReport } from '../ranking/askRanker.ts';
import { rankerOf, sourcesBudgetMs } from '../ranking/rankerBudget.ts';
import type { Registry } from '../registry/registry.ts';
import type { Cursors } from './cursor.ts';
import { explain, isExplained } from './explain.ts';
import type { Layouts } from './layouts.ts';
import { seedOf } from './seed.ts';
import type { PageSigner } from './tokens.ts';
import { aboveOf, viewerContext } from './viewerContext.ts';
import { writePage } from './writePage.ts';

export interface HomepageParts extends CollectParts, AskRankerParts {
  readonly registry: Registry;
  readonly layouts: Layouts;
  readonly statistics: () => Statistics;
  readonly compose: (input: CompositionInput) => Composition;
  readonly signPage: (pageId: string) => PageSigner;
  readonly cursors: Cursors;
}

/** A finished page and what is to be known about it. Times are milliseconds. */
export interface Homepage {
  readonly pageId: string;
  readonly body: Buffer;
  readonly collectMs: number;
  readonly composeMs: number;
  readonly totalMs: number;
  readonly placements: number;
  readonly degraded: readonly Degraded[];
  readonly composition: Composition;
  readonly provenances: readonly Provenance[];
  /** The page as statistics sample it; made only when asked. */
  logged(): LoggedPage;
}

/**
 * One page, from context to bytes: collect what the sources have, compose, write. It fails only by a fault of ours, or
 * with `CursorInvalid`.
 */
export async function composeHomepage(parts: HomepageParts, request: HomepageRequest): Promise<Homepage> {
  const startedAt = performance.now();
  const { layout, editorial, editorialContent } = parts.layouts.of(request.device);
  const above = request.cursor === undefined ? undefined : parts.cursors.read(layout, request.cursor);
  const deadlineMs = Math.min(request.deadlineMs ?? layout.deadlineMs, layout.deadlineMs);
  const eligible = parts.registry.eligible(request, layout);
  const excluded = isExplained(request) ? parts.registry.excluded(request, layout) : [];
  const budgetMs = Math.max(0, deadlineMs - layout.assemblyReserveMs);
  const collected = await collect(parts, eligible, { request, budgetMs: sourcesBudgetMs(layout, budgetMs) });
  const collectedAt = performance.now();

  const { entered, contents } = enter(collected);
  const candidates = [
    ...entered,
    ...editorial.filter(({ widget }) => parts.registry.get(widget) === undefined),
  ];
  const ranker = candidates.length === 0 ? undefined : rankerOf(layout);
  const ranked =
    ranker &&
    (await askRanker(parts, ranker, {
      request,
      candidates,
      remainingMs: budgetMs - (performance.now() - startedAt),
    }));
  const rankedAt = ranked === undefined ? collectedAt : performance.now();
  const seed = seedOf(request, layout);
  const statistics = parts.statistics();
  const context = viewerContext(request, layout, {
    nowMs: parts.now(),
    above: above && aboveOf(above, candidates),
  });
  const composition = parts.compose({
    candidates,
    layout,
    context: ranked?.ranking === undefined ? context : { ...context, ranking: ranked.ranking },
    statistics,
    seed,
  });
  const composedAt = performance.now();

  const pageId = randomUUID();
  const degraded = degradedOf(collected, ranked);
  const timingsMs = {
    collect: collectedAt - startedAt,
    ...(ranked !== undefined && { rank: ranked.durationMs }),
    compose: composedAt - rankedAt,
  };
  const made = { composition, statisticsId: statistics.id, seed, timingsMs };
  const body = writePage({
    pageId,
    layoutVersion: layout.version,
    placed: composition.placed,
    contentOf: ({ candidate }: PlacedCandidate) =>
      contents.get(candidate) ?? editorialContent.get(candidate.widget) ?? missing(candidate),
    sign: parts.signPage(pageId),
    degraded,
    nextCursor: parts.cursors.next({ layout, placed: composition.placed, above }),
    trace: isExplained(request)
      ? explain({ request, layout, collected, ranked, ...made }, excluded)
      : undefined,
  });
  return {
    pageId,
    body,
    collectMs: timingsMs.collect,
    composeMs: timingsMs.compose,
    totalMs: performance.now() - startedAt,
    placements: composition.placed.length,
    degraded,
    composition,
    provenances: composition.placed.map(({ candidate }) => candidate.provenance),
    logged: () => loggedPage(collected),
  };
}

/** What was collected, as candidates, and the bytes of each. */
function enter(collected: readonly Collected[]) {
  const entered: Candidate[] = [];
  const contents = new Map<Candidate, Presented>();
  for (const { entry } of collected) {
    if (entry === undefined) continue;
    const { candidate: asFresh } = entry.content;
    const candidate = entry.provenance === 'fresh' ? asFresh : { ...asFresh, provenance: entry.provenance };
    entered.push(candidate);
    contents.set(candidate, entry.content);
  }
  return { entered, contents };
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
    widgets: collected.flatMap(({ entry }) =>
      entry === undefined || entry.provenance === 'fallback'
        ? []
        : [
            {
              widget: entry.content.candidate.widget,
              items: entry.content.candidate.items.map(({ id }) => id),
            },
          ],
    ),
  };
}

function missing(candidate: Candidate): never {
  throw new Error(`no content for the placed widget ${candidate.widget}`);
}
