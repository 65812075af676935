import { randomUUID } from 'node:crypto';
import type { Candidate, CompositionInput, Statistics, ViewerContext } from '@widget-mediator/composition';
import type { HomepageRequest, Layout, Registration } from '@widget-mediator/contracts';
import type { Collected } from '../delivery/collected.ts';
import type { Cancellation } from '../delivery/source.ts';
import type { Presented } from '../intake/content.ts';
import type { PageTrace, StartPageTrace } from '../observability/pageTrace.ts';
import { readTraceparent } from '../observability/traceparent.ts';
import type { Registry } from '../registry/registry.ts';
import type { Takedowns, TakenDown } from '../registry/takedowns.ts';
import type { Cursors, ShownAbove } from './cursor.ts';
import { isExplained } from './explain.ts';
import type { Layouts } from './layouts.ts';
import { seedOf } from './seed.ts';
import type { PageSigner } from './tokens.ts';
import { aboveOf, viewerContext } from './viewerContext.ts';

/** One call for a page. */
export interface PageCall {
  readonly request: HomepageRequest;
  /** Cancelled when the client is gone. */
  readonly cancellation: Cancellation;
  /** The request's header, unread. */
  readonly traceparent: string | undefined;
  /** Takes the page line by line, as it is settled; without it the page comes as a whole. */
  readonly emit?: (lines: Buffer) => void;
}

export interface OpenPageParts {
  readonly registry: Registry;
  readonly takedowns: Pick<Takedowns, 'inForce'>;
  readonly layouts: Layouts;
  readonly cursors: Cursors;
  readonly statistics: () => Statistics;
  readonly startTrace: StartPageTrace;
  readonly signPage: (pageId: string) => PageSigner;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A widget that may not be on the page, and why. */
type Excluded = ReturnType<Registry['excluded']>[number];

/** A page of which all is known but what its widgets bring. Times are milliseconds. */
export interface OpenPage {
  readonly call: PageCall;
  readonly startedAt: number;
  readonly pageId: string;
  readonly trace: PageTrace;
  readonly sign: PageSigner;
  readonly layout: Layout;
  readonly takenDown: TakenDown | undefined;
  readonly deadlineMs: number;
  /** The deadline less what composing may take. */
  readonly budgetMs: number;
  readonly eligible: readonly Registration[];
  /** Why each of the others is not, when that is asked. */
  readonly excluded: readonly Excluded[];
  /** The editorial pool, but for lists that are taken down or whose name a team has registered, and what it shows, by widget. */
  readonly pool: readonly Candidate[];
  readonly poolContent: ReadonlyMap<string, Presented>;
  readonly above: ShownAbove | undefined;
  readonly context: ViewerContext;
  readonly statistics: Statistics;
  readonly seed: number;
}

/** Opens a page. Throws `CursorInvalid`. */
export function openPage(parts: OpenPageParts, call: PageCall): OpenPage {
  const startedAt = performance.now();
  const { request } = call;
  const { layout, editorial, editorialContent } = parts.layouts.of(request.device);
  const above = request.cursor === undefined ? undefined : parts.cursors.read(layout, request.cursor);
  const nowMs = parts.now();
  const takenDown = parts.takedowns.inForce(nowMs);
  const mayTake = parts.registry.eligible(request, { layout, nowMs });
  const eligible = takenDown?.left(mayTake) ?? mayTake;
  const pool = editorial.filter(
    ({ widget, team }) =>
      parts.registry.get(widget) === undefined && takenDown?.verdictOn(widget, team) === undefined,
  );
  const deadlineMs = Math.min(request.deadlineMs ?? layout.deadlineMs, layout.deadlineMs);
  const pageId = randomUUID();
  const names = () => [
    ...eligible.map(({ manifest }) => manifest.metadata.id),
    ...pool.map(({ widget }) => widget),
  ];
  return {
    call,
    startedAt,
    pageId,
    trace: parts.startTrace(pageId, readTraceparent(call.traceparent)),
    sign: parts.signPage(pageId),
    layout,
    takenDown,
    deadlineMs,
    budgetMs: Math.max(0, deadlineMs - layout.assemblyReserveMs),
    eligible,
    excluded: isExplained(request)
      ? [
          ...parts.registry.excluded(request, { layout, nowMs }),
          ...takenDownAmong(takenDown, [...mayTake.map(candidacyOf), ...editorial]),
        ]
      : [],
    pool,
    poolContent: editorialContent,
    above,
    context: viewerContext(request, layout, {
      nowMs,
      takenDown: takenDown?.items,
      above: above && aboveOf(above, names()),
    }),
    statistics: parts.statistics(),
    seed: seedOf(request, layout),
  };
}

function candidacyOf({ manifest: { metadata } }: Registration): Pick<Candidate, 'widget' | 'team'> {
  return { widget: metadata.id, team: metadata.owner };
}

function takenDownAmong(
  takenDown: TakenDown | undefined,
  candidates: readonly Pick<Candidate, 'widget' | 'team'>[],
): Excluded[] {
  return candidates.flatMap(({ widget, team }) => {
    const code = takenDown?.verdictOn(widget, team);
    return code === undefined ? [] : [{ widget, code }];
  });
}

/** What has come, as composition takes it. */
export function inputOf(page: OpenPage, collected: readonly Collected[]): CompositionInput {
  const { layout, context, statistics, seed } = page;
  const candidates: Candidate[] = [];
  for (const { entry } of collected) if (entry !== undefined) candidates.push(entry.candidate);
  candidates.push(...page.pool);
  return { candidates, layout, context, statistics, seed };
}

/** What each of the candidates shows. */
export function contentsOf(
  { poolContent }: OpenPage,
  collected: readonly Collected[],
): (candidate: Candidate) => Presented {
  const contents = new Map<Candidate, Presented>();
  for (const { entry } of collected) if (entry !== undefined) contents.set(entry.candidate, entry.content);
  return (candidate) =>
    contents.get(candidate) ?? poolContent.get(candidate.widget) ?? missing(candidate.widget);
}

function missing(widget: string): never {
  throw new Error(`no content for the placed widget ${widget}`);
}
