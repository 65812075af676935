import type { Cap } from '@widget-mediator/contracts';
import { mostInWindow } from './mostInWindow.ts';

/** How many displayed items each group has, by placement, under one cap. Groups are numbers, placements are by index. */
export interface GroupCounts {
  clear(): void;
  add(group: number, placement: number): void;
  /** Whether some window with the placement in it has the cap's `max` items of the group, were `more` put there. */
  isFull(group: number, placement: number, more: number): boolean;
}

/**
 * Nothing counted yet. Groups have a total, which answers alone while it is below the maximum and where a window is the
 * whole page; under a shorter window those that are displayed have a column of counts by placement too.
 *
 * @param size how many placements the page has, and a bound that is above every group
 */
export function createGroupCounts(
  { max, window }: Cap,
  { placements, bound }: { readonly placements: number; readonly bound: number },
): GroupCounts {
  const totals = new Int32Array(bound);
  const displayed: number[] = [];
  /** By group, the first of its column in `columns`: which is there once the group is displayed. */
  const starts = window < placements ? new Int32Array(bound) : undefined;
  let columns = new Int32Array(0);

  function addToColumn(start: number, placement: number): void {
    if (start >= columns.length) {
      const larger = new Int32Array(2 * start + 16 * placements);
      larger.set(columns);
      columns = larger;
    }
    columns[start + placement] = (columns[start + placement] ?? 0) + 1;
  }

  return {
    clear() {
      for (const group of displayed) totals[group] = 0;
      displayed.length = 0;
      columns.fill(0);
    },
    add(group, placement) {
      const total = totals[group] ?? 0;
      totals[group] = total + 1;
      if (total === 0) {
        if (starts !== undefined) starts[group] = displayed.length * placements;
        displayed.push(group);
      }
      if (starts !== undefined) addToColumn(starts[group] ?? 0, placement);
    },
    isFull(group, placement, more) {
      const total = totals[group] ?? 0;
      if (total + more < max) return false;
      if (starts === undefined || more >= max) return true;
      const start = starts[group] ?? 0;
      const most = mostInWindow(
        { at: placement, window, length: placements },
        (other) => columns[start + other] ?? 0,
      );
      return most + more >= max;
    },
  };
}
