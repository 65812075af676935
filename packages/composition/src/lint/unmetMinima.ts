import type { EditorialWidget, Layout, Placement, ProblemError } from '@widget-mediator/contracts';

/** Editorial lists that can never be shown, and placements too small for every list of their kind. */
export function unmetMinima({ editorial, placements }: Layout): ProblemError[] {
  return [
    ...editorial.flatMap((list, index) =>
      faultsOfList(list, placements).map(({ pointer, detail }) => ({
        pointer: `/editorial/${index}${pointer}`,
        detail,
      })),
    ),
    ...placements.flatMap((placement, index) => {
      const lists = editorial.filter((list) => list.placements.includes(placement.kind));
      if (lists.length === 0 || lists.some((list) => isLargeEnough(placement, list))) return [];
      return [
        {
          pointer: `/placements/${index}/maxItems`,
          detail: 'is less than the minItems of every editorial list of its kind: raise it, or lower theirs',
        },
      ];
    }),
  ];
}

function faultsOfList(list: EditorialWidget, placements: readonly Placement[]): ProblemError[] {
  const different = new Set(list.items.map(({ id }) => id)).size;
  const ofItsKinds = placements.filter(({ kind }) => list.placements.includes(kind));
  const faults: ProblemError[] = [];
  if (list.minItems > different) {
    const detail = `is more than the ${different} different items of the list: lower it, or add items`;
    faults.push({ pointer: '/minItems', detail });
  }
  if (ofItsKinds.length === 0) {
    const detail = 'names no kind of a placement of this layout: name one, or remove the list';
    faults.push({ pointer: '/placements', detail });
  } else if (!ofItsKinds.some((placement) => isLargeEnough(placement, list))) {
    const detail = 'is more than the maxItems of every placement of its kinds: lower it, or raise theirs';
    faults.push({ pointer: '/minItems', detail });
  }
  return faults;
}

const isLargeEnough = ({ maxItems }: Placement, { minItems }: EditorialWidget): boolean =>
  maxItems === undefined || maxItems >= minItems;
