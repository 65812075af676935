import type { Film } from '@widget-mediator/film-catalogue';
import { type Feature, featuresOf } from './featuresOf.ts';

/** The films that share a feature with this one, and how similar each is: above 0, at most 1. Unordered. */
export type Similarity = (seed: Film) => ReadonlyMap<Film, number>;

/**
 * How much of what distinguishes the seed the other film has too: the weight of the features they share over the weight
 * of all the seed's. This is Tversky's ratio model with α = 1 and β = 0 ("Features of similarity", Psychological Review
 * 84, 1977). A cosine would favour films of which little is known, because their vectors are short.
 *
 * A feature's weight is that of its kind times ln(N/n), where n of N films have it (Spärck Jones, "A statistical
 * interpretation of term specificity", Journal of Documentation 28, 1972): a shared director says more than a shared
 * decade. What only the seed has is left out, since nothing could match it.
 *
 * An inverted index makes an answer cost the length of the seed's lists, a few thousand additions.
 */
export function createSimilarity(films: readonly Film[]): Similarity {
  const filmsWith = new Map<string, Film[]>();
  for (const film of films) {
    for (const { name } of featuresOf(film)) {
      const list = filmsWith.get(name);
      if (list) list.push(film);
      else filmsWith.set(name, [film]);
    }
  }

  return (seed) => {
    const features = featuresOf(seed)
      .map(weigh)
      .filter(({ members }) => members.length > 1);
    const whole = features.reduce((sum, { weight }) => sum + weight, 0);
    const similarities = new Map<Film, number>();
    for (const { members, weight } of features) {
      for (const film of members) similarities.set(film, (similarities.get(film) ?? 0) + weight / whole);
    }
    similarities.delete(seed);
    return similarities;
  };

  function weigh({ name, weight }: Feature) {
    const members = filmsWith.get(name) ?? [];
    return { members, weight: weight * Math.log(films.length / members.length) };
  }
}
