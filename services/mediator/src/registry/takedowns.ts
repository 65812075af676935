import type { TakenDownItems } from '@widget-mediator/composition';
import type { Registration, Takedown, WidgetVerdictCode } from '@widget-mediator/contracts';

/** All that is taken down at a moment. Another object as soon as anything about it is different. */
export interface TakenDown {
  /** Absent when no item is. */
  readonly items?: TakenDownItems;
  /** Why a widget may not be shown at all; undefined when it may. */
  verdictOn(widget: string, team: string): TakenDownVerdict | undefined;
  /** Those of the widgets that may be shown. The same list for the same list. */
  left(eligible: readonly Registration[]): readonly Registration[];
}

export type TakenDownVerdict = Extract<WidgetVerdictCode, 'widget-taken-down' | 'team-taken-down'>;

/** What operators took down, in memory. */
export interface Takedowns {
  /** What is taken down now; undefined when nothing is, as mostly. */
  inForce(nowMs: number): TakenDown | undefined;
  /** These are all there are. */
  replace(takedowns: readonly Takedown[]): void;
}

export function createTakedowns(): Takedowns {
  let all: readonly Takedown[] = [];
  let current: TakenDown | undefined;
  /** Until then nothing ends by itself. */
  let holdsUntilMs = Number.POSITIVE_INFINITY;

  return {
    inForce(nowMs) {
      if (nowMs >= holdsUntilMs) compile(nowMs);
      return current;
    },
    replace(takedowns) {
      all = takedowns;
      // Looked at when the next page is made, by its clock.
      holdsUntilMs = Number.NEGATIVE_INFINITY;
    },
  };

  function compile(nowMs: number): void {
    all = all.filter((takedown) => endOf(takedown) > nowMs);
    holdsUntilMs = all.reduce((until, one) => Math.min(until, endOf(one)), Number.POSITIVE_INFINITY);
    current = all.length === 0 ? undefined : takenDown(all);
  }
}

const endOf = ({ until }: Takedown): number =>
  until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);

function takenDown(all: readonly Takedown[]): TakenDown {
  const items = new Map<string, Set<string>>();
  const widgets = new Set<string>();
  const teams = new Set<string>();
  for (const { target, id } of all) {
    if (target === 'widget') widgets.add(id);
    else if (target === 'team') teams.add(id);
    else addItem(items, id);
  }
  const lists = new WeakMap<readonly Registration[], readonly Registration[]>();
  const verdictOn: TakenDown['verdictOn'] = (widget, team) => {
    if (widgets.has(widget)) return 'widget-taken-down';
    return teams.has(team) ? 'team-taken-down' : undefined;
  };
  return {
    ...(items.size > 0 && { items }),
    verdictOn,
    left(eligible) {
      if (widgets.size + teams.size === 0) return eligible;
      const known = lists.get(eligible);
      if (known !== undefined) return known;
      const left = eligible.filter(
        ({ manifest: { metadata } }) => verdictOn(metadata.id, metadata.owner) === undefined,
      );
      lists.set(eligible, left);
      return left;
    },
  };
}

/** `itemType:id`: types hold no colon, ids may. */
function addItem(items: Map<string, Set<string>>, name: string): void {
  const colon = name.indexOf(':');
  const type = name.slice(0, colon);
  const ids = items.get(type) ?? new Set();
  ids.add(name.slice(colon + 1));
  items.set(type, ids);
}
