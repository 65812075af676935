import type { LayoutInput } from '@widget-mediator/contracts';

/** A small page: a hero and two rows, each with an editorial list that can fill it. */
export function layoutInput(changes: Partial<LayoutInput> = {}): LayoutInput {
  return {
    apiVersion: 'widget-mediator/v1',
    kind: 'Layout',
    id: 'homepage',
    version: 'test-1',
    deadlineMs: 200,
    assemblyReserveMs: 10,
    strategy: 'editorial',
    prior: ['first', 'second', 'third'],
    placements: [
      { id: 'hero', kind: 'hero' },
      { id: 'row-1', kind: 'row' },
      { id: 'row-2', kind: 'row' },
    ],
    editorial: [1, 2, 3].map((n) => ({
      id: `editors-${n}`,
      title: `Editors ${n}`,
      itemType: 'film',
      minItems: 2,
      placements: ['hero', 'row'],
      items: [1, 2, 3].map((m) => ({ id: `e${n}-${m}`, title: `Editorial film ${n}-${m}` })),
    })),
    ...changes,
  };
}

/** A page with room for every widget that a test registers, and nothing that stands in. */
export const roomyLayout = (): LayoutInput =>
  layoutInput({
    placements: Array.from({ length: 40 }, (_, index) => ({
      id: `row-${index + 1}`,
      kind: 'row',
      required: false,
    })),
    editorial: [],
  });
