import type { Film } from '@widget-mediator/film-catalogue';

/** How much more often than the catalogue would suggest someone watches such a film; 1 is indifferent. */
export type Taste = (film: Film) => number;

/** As many imagined films, watched at random, as keep a short history from being taken at its word. */
const PRIOR_FILMS = 20;

type Trait = (film: Film) => string | undefined;

const traits: readonly Trait[] = [
  ({ genre }) => (genre === 'Unclassified' ? undefined : genre),
  ({ creativeType }) => creativeType,
  ({ mpaa }) => mpaa,
];

/**
 * The taste of those who watched these films: the product, over genre, kind of story and MPAA rating, of the lift
 * P(trait | watched) / P(trait | catalogue), as naive Bayes would have it. Shares are smoothed by a Dirichlet prior with
 * the catalogue's shares (Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, chapters 12 and 13).
 * A trait that is not known says nothing.
 */
export function tasteOf(watched: readonly Film[], catalogue: readonly Film[]): Taste {
  const lifts = traits.map((trait) => liftBy(trait, watched, catalogue));
  return (film) => lifts.reduce((taste, liftOf) => taste * liftOf(film), 1);
}

/** The lift of one trait alone. */
function liftBy(trait: Trait, watched: readonly Film[], catalogue: readonly Film[]): Taste {
  const [seen, all] = [countBy(watched, trait), countBy(catalogue, trait)];
  const [seenTotal, allTotal] = [total(seen), total(all)];
  return (film) => {
    const value = trait(film);
    if (value === undefined) return 1;
    const expected = (all.get(value) ?? 0) / allTotal;
    const share = ((seen.get(value) ?? 0) + PRIOR_FILMS * expected) / (seenTotal + PRIOR_FILMS);
    return share / expected;
  };
}

type Counts = ReadonlyMap<string, number>;

function countBy(films: readonly Film[], trait: Trait): Counts {
  const counts = new Map<string, number>();
  for (const value of films.flatMap((film) => trait(film) ?? []))
    counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function total(counts: Counts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
