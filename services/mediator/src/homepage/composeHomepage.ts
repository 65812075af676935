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
import type { Registry } from '../registry/registry.ts';
import { explain } from './explain.ts';
import type { LayoutInUse } from './layoutInUse.ts';
import { seedOf } from './seed.ts';
import type { PageSigner } from './tokens.ts';
import { viewerContext } from './viewerContext.ts';
import { writePage } from './writePage.ts';

export interface HomepageParts extends CollectParts {
  readonly registry: Registry;
  readonly layout: () => LayoutInUse;
  readonly statistics: () => Statistics;
  readonly compose: (input: CompositionInput) => Composition;
  readonly signPage: (pageId: string) => PageSigner;
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
  readonly conservation: Composition['conservation'];
  readonly provenances: readonly Provenance[];
  /** The page as statistics sample it; made only when asked. */
  logged(): LoggedPage;
}

/** One page, from context to bytes: collect what the sources have, compose, write. It fails only by a fault of ours. */
export async function composeHomepage(parts: HomepageParts, request: HomepageRequest): Promise<Homepage> {
  const startedAt = performance.now();
  const { layout, editorial, editorialContent } = parts.layout();
  const deadlineMs = Math.min(request.deadlineMs ?? layout.deadlineMs, layout.deadlineMs);
  const eligible = parts.registry.eligible(request, layout);
  const excluded = request.explain ? parts.registry.excluded(request, layout) : [];
  const budgetMs = Math.max(0, deadlineMs - layout.assemblyReserveMs);
  const collected = await collect(parts, eligible, { request, budgetMs });
  const collectedAt = performance.now();

  const { candidates, contents } = enter(collected);
  const seed = seedOf(request, layout);
  const statistics = parts.statistics();
  const composition = parts.compose({
    candidates: [
      ...candidates,
      ...editorial.filter(({ widget }) => parts.registry.get(widget) === undefined),
    ],
    layout,
    context: viewerContext(request, layout, parts.now()),
    statistics,
    seed,
  });
  const composedAt = performance.now();

  const pageId = randomUUID();
  const degraded = degradedOf(collected);
  const timingsMs = { collect: collectedAt - startedAt, compose: composedAt - collectedAt };
  const explained = { request, layout, collected, composition, statisticsId: statistics.id, seed, timingsMs };
  const body = writePage({
    pageId,
    layoutVersion: layout.version,
    placed: composition.placed,
    contentOf: ({ candidate }: PlacedCandidate) =>
      contents.get(candidate) ?? editorialContent.get(candidate.widget) ?? missing(candidate),
    sign: parts.signPage(pageId),
    degraded,
    trace: request.explain ? explain(explained, excluded) : undefined,
  });
  return {
    pageId,
    body,
    collectMs: timingsMs.collect,
    composeMs: timingsMs.compose,
    totalMs: performance.now() - startedAt,
    placements: composition.placed.length,
    degraded,
    conservation: composition.conservation,
    provenances: composition.placed.map(({ candidate }) => candidate.provenance),
    logged: () => loggedPage(collected),
  };
}

/** What was collected, as candidates, and the bytes of each. */
function enter(collected: readonly Collected[]) {
  const candidates: Candidate[] = [];
  const contents = new Map<Candidate, Presented>();
  for (const { entry } of collected) {
    if (entry === undefined) continue;
    const { candidate: asFresh } = entry.content;
    const candidate = entry.provenance === 'fresh' ? asFresh : { ...asFresh, provenance: entry.provenance };
    candidates.push(candidate);
    contents.set(candidate, entry.content);
  }
  return { candidates, contents };
}

function degradedOf(collected: readonly Collected[]): Degraded[] {
  return collected.flatMap(({ registration, code }) =>
    code !== undefined && code !== 'too-few-items' && verdictTable[code].degraded
      ? [{ source: registration.manifest.metadata.id, reason: code }]
      : [],
  );
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
