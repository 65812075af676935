import { candidateItem } from '../candidate.ts';
import { anybody, type CompositionInput } from '../composition.ts';
import { noStatistics } from '../statistics.ts';
import { createRandom } from './instances.ts';
import { plainLayout } from './plainLayout.ts';

/** A page that hundreds of widgets want, of every sort: one item or thirty, exempt, alike, of teams and brands. */
export function largePage(seed: number): CompositionInput {
  const random = createRandom(seed);
  const below = (bound: number) => Math.floor(bound * random());
  const candidates = Array.from({ length: 300 }, (_, widget) => {
    const ids = new Set(Array.from({ length: 1 + below(30) }, () => below(random() < 0.5 ? 40 : 1_500)));
    return {
      widget: `w${widget}`,
      team: `t${below(9)}`,
      version: 1,
      provenance: (['fresh', 'fresh', 'stale', 'fallback'] as const)[below(4)] ?? 'fresh',
      placements: random() < 0.8 ? ['row'] : ['hero', 'row'],
      minItems: 1 + below(5),
      maxItems: 5 + below(15),
      dedupe: {
        key: (['item', 'item', 'item', 'parent'] as const)[below(4)] ?? 'item',
        yields: random() < 0.9,
        blocks: random() < 0.9,
      },
      items: [...ids].map((id) =>
        candidateItem('film', {
          id: `${id}`,
          parent: `${id % 700}`,
          creator: `${id % 90}`,
          brand: `${id % 30}`,
        }),
      ),
    };
  });
  return {
    layout: {
      ...plainLayout,
      caps: random() < 0.5 ? [{ by: 'team', max: 2, window: 5 }] : [],
      placements: Array.from({ length: 12 }, (_, index) => ({
        id: `p${index + 1}`,
        kind: index === 0 ? 'hero' : 'row',
        attention: index === 0 ? 3 : 1,
        required: true,
      })),
      editorial: [],
    },
    candidates,
    context: { ...anybody, personal: true, pins: [undefined, `w${below(300)}`] },
    statistics: noStatistics,
    seed,
  };
}
