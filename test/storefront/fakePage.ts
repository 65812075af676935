import {
  type FilledPlacement,
  type Page,
  type PageItem,
  Provenance,
  type Trace,
  type Verdict,
  verdictTable,
} from '@widget-mediator/contracts';
import { type FakeSource, fakeSources } from './fakeSources.ts';

export type Asked = {
  readonly user: string | undefined;
  readonly explain: boolean;
  readonly degraded: boolean;
};

const PLACEMENTS = [
  { id: 'hero', kind: 'hero', maxItems: 7 },
  ...[1, 2, 3, 4, 5, 6].map((row) => ({ id: `row-${row}`, kind: 'row', maxItems: 12 })),
];
const MIN_ITEMS = 2;

/** A page as the mediator would compose it, only simpler: first come, first placed, and every item accounted for. */
export function fakePage({ user, explain, degraded }: Asked): Page {
  const sources = fakeSources(user, { degraded });
  const { placements, verdicts, reserve } = compose(sources);
  const page: Page = {
    pageId: `page-${user ?? 'anonymous'}`,
    layoutVersion: 'fake-1',
    placements,
    degraded: verdicts.flatMap(({ code, widget }) =>
      verdictTable[code].degraded ? [{ source: widget, reason: code }] : [],
    ),
  };
  if (!explain) return page;
  return { ...page, trace: toTrace({ sources, placements, verdicts, reserve }) };
}

function compose(sources: readonly FakeSource[]) {
  const placements: FilledPlacement[] = [];
  const verdicts: Verdict[] = [];
  const open = [...PLACEMENTS];
  const shownBy = new Map<string, string>();
  let reserve = 0;
  for (const source of sources) {
    const code = source.outcome;
    if (!isProvenance(code)) {
      verdicts.push({ code, widget: source.id });
      continue;
    }
    const at = open.findIndex(({ kind }) => source.kinds.includes(kind));
    const place = open[at];
    if (!place) {
      const winner = placements.at(-1);
      verdicts.push({
        code: 'outranked',
        widget: source.id,
        ...(winner && { winner: { widget: winner.widget.id } }),
      });
      reserve += source.items.length;
      continue;
    }
    const { free, duplicates } = dedupe(source, shownBy);
    verdicts.push(...duplicates);
    const items = free.slice(0, place.maxItems);
    reserve += free.length - items.length;
    if (items.length < MIN_ITEMS) throw new Error(`the fake's ${source.id} came out too small`);
    open.splice(at, 1);
    for (const { id } of items) if (!shownBy.has(id)) shownBy.set(id, source.id);
    placements.push(fill(place, { source, provenance: code, items, position: placements.length + 1 }));
  }
  return { placements, verdicts, reserve };
}

function dedupe(source: FakeSource, shownBy: ReadonlyMap<string, string>) {
  const free: PageItem[] = [];
  const duplicates: Verdict[] = [];
  for (const item of source.items) {
    const winner = source.yields ? shownBy.get(item.id) : undefined;
    if (winner === undefined) free.push(item);
    else
      duplicates.push({
        code: 'duplicate',
        widget: source.id,
        item: item.id,
        winner: { widget: winner, item: item.id },
      });
  }
  return { free, duplicates };
}

type Filling = {
  readonly source: FakeSource;
  readonly provenance: Provenance;
  readonly items: readonly PageItem[];
  readonly position: number;
};

function fill(
  place: { id: string; kind: string },
  { source, provenance, items, position }: Filling,
): FilledPlacement {
  const { id, title } = source;
  return {
    placement: place.id,
    kind: place.kind,
    position,
    widget: { id, version: 1, title, itemType: 'film', provenance, token: 'unsigned', items: [...items] },
  };
}

type Composed = { readonly sources: readonly FakeSource[] } & ReturnType<typeof compose>;

function toTrace({ sources, placements, verdicts, reserve }: Composed): Trace {
  const placementOf = new Map(placements.map(({ placement, widget }) => [widget.id, placement]));
  const placed = placements.reduce((sum, { widget }) => sum + widget.items.length, 0);
  const duplicate = verdicts.filter(({ code }) => code === 'duplicate').length;
  return {
    layout: { id: 'home', version: 'fake-1' },
    strategy: 'consensus',
    statisticsId: 'none',
    seed: 7,
    sources: sources.map(({ id, outcome, items, durationMs }) => ({
      widget: id,
      outcome,
      items: items.length,
      durationMs,
    })),
    widgets: sources
      .filter(({ outcome }) => isProvenance(outcome))
      .map(({ id, score }) => {
        const placement = placementOf.get(id);
        return { widget: id, score, parts: { items: score }, ...(placement !== undefined && { placement }) };
      }),
    conservation: {
      received: sources.reduce((sum, { items }) => sum + items.length, 0),
      placed,
      reserve,
      dropped: { duplicate },
    },
    search: { greedy: 1, score: 1, iterations: 0, passes: [] },
    verdicts,
    timingsMs: { collect: 80, compose: 0.4 },
  };
}

function isProvenance(outcome: FakeSource['outcome']): outcome is Provenance {
  return Provenance.safeParse(outcome).success;
}
