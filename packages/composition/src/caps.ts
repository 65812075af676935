import type { Cap, ItemVerdictCode } from '@widget-mediator/contracts';
import { createGroupCounts, type GroupCounts } from './groupCounts.ts';
import { type GroupKind, groupNumbersOf } from './groupNumbers.ts';
import { mostInWindow } from './mostInWindow.ts';
import type { Contest } from './score.ts';
import { teamNumbersOf } from './teamNumbers.ts';

type ItemCap = Cap & { readonly by: GroupKind };

const isItemCap = (cap: Cap): cap is ItemCap => cap.by !== 'team';
const isTeamCap = ({ by }: Cap): boolean => by === 'team';

/** Counts, by placement, of what the page displays of each brand and creator. */
export interface ItemCaps {
  clear(): void;
  count(candidate: number, placement: number, places: readonly number[]): void;
  /** Keeps, of the first `free` entries of `places`, at most `limit` that no cap forbids; returns how many. */
  keepAllowed(reading: {
    readonly candidate: number;
    readonly placement: number;
    readonly places: Int32Array;
    readonly free: number;
    readonly limit: number;
  }): number;
  /** The verdict on one more item of a candidate in a placement, or undefined when it is within all caps. */
  verdictOn(candidate: number, placement: number, place: number): ItemVerdictCode | undefined;
}

/** One cap with its counts. `kept`, by group, is how many items one reading has kept so far; 0 between readings. */
interface Rule {
  readonly code: ItemVerdictCode;
  readonly groupsOf: readonly Int32Array[];
  readonly counts: GroupCounts;
  readonly kept: Int32Array;
}

/** The layout's caps on brands and creators; undefined when it has none. */
export function itemCapsOf({ input, placements }: Contest): ItemCaps | undefined {
  const caps = input.layout.caps.filter(isItemCap);
  if (caps.length === 0) return undefined;
  const rules = caps.map((cap): Rule => {
    const { of, bound } = groupNumbersOf(input.candidates, cap.by);
    const counts = createGroupCounts(cap, { placements: placements.length, bound });
    return { code: `${cap.by}-capped`, groupsOf: of, counts, kept: new Int32Array(bound) };
  });

  /** Where a cap forbids one more, the first that does. */
  function ruleAgainst(candidate: number, placement: number, place: number): Rule | undefined {
    for (const rule of rules) {
      const group = groupOf(rule, candidate, place);
      if (group >= 0 && rule.counts.isFull(group, placement, rule.kept[group] ?? 0)) return rule;
    }
    return undefined;
  }

  return {
    clear() {
      for (const { counts } of rules) counts.clear();
    },
    count(candidate, placement, places) {
      for (const rule of rules) {
        for (const place of places) {
          const group = groupOf(rule, candidate, place);
          if (group >= 0) rule.counts.add(group, placement);
        }
      }
    },
    keepAllowed({ candidate, placement, places, free, limit }) {
      let kept = 0;
      for (let at = 0; at < free && kept < limit; at++) {
        const place = places[at] ?? 0;
        if (ruleAgainst(candidate, placement, place) !== undefined) continue;
        for (const rule of rules) {
          const group = groupOf(rule, candidate, place);
          if (group >= 0) rule.kept[group] = (rule.kept[group] ?? 0) + 1;
        }
        places[kept++] = place;
      }
      for (const rule of rules) {
        for (let at = 0; at < kept; at++) {
          const group = groupOf(rule, candidate, places[at] ?? 0);
          if (group >= 0) rule.kept[group] = 0;
        }
      }
      return kept;
    },
    verdictOn: (candidate, placement, place) => ruleAgainst(candidate, placement, place)?.code,
  };
}

const groupOf = ({ groupsOf }: Rule, candidate: number, place: number): number =>
  groupsOf[candidate]?.[place] ?? -1;

/**
 * Whether a candidate's team may have one more placement: within every window around it, it would have at most as many
 * as the layout's caps on teams allow.
 */
export function isWithinTeamCaps(
  { input, placements }: Contest,
  {
    candidate,
    placement,
    chosen,
  }: { readonly candidate: number; readonly placement: number; readonly chosen: ArrayLike<number> },
): boolean {
  if (!input.layout.caps.some(isTeamCap)) return true;
  const teams = teamNumbersOf(input.candidates);
  const team = teams[candidate];
  const countOf = (other: number) => (other !== placement && teams[chosen[other] ?? -1] === team ? 1 : 0);
  return input.layout.caps.every(
    ({ by, max, window }) =>
      by !== 'team' || mostInWindow({ at: placement, window, length: placements.length }, countOf) < max,
  );
}
