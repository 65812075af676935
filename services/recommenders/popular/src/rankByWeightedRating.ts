import type { Film } from '@widget-mediator/film-catalogue';

export type RankedFilm = { readonly film: Film; readonly score: number };

/** Only one film in ten has more votes: fame counts, because the list is called popular. */
const PRIOR_VOTES_QUANTILE = 0.9;

/**
 * Best first, by weighted rating R·v/(v+m) + C·m/(v+m): a film's mean rating R by v voters, drawn to the list's mean C as
 * if m more people had given that. IMDb ranked its Top 250 so and called it "a true Bayesian estimate" (quoted at
 * http://www.intelliot.com/blog/archives/2007/01/24/true-bayesian-estimate/). Here m is the 90th percentile of the
 * list's votes. Scores are ratings, 0 to 10; ties go by id.
 */
export function rankByWeightedRating(films: readonly Film[]): readonly RankedFilm[] {
  const meanRating = films.reduce((sum, { rating }) => sum + rating, 0) / films.length;
  const priorVotes = quantile(
    films.map(({ votes }) => votes),
    PRIOR_VOTES_QUANTILE,
  );
  return films
    .map((film) => ({ film, score: weightedRating(film, meanRating, priorVotes) }))
    .sort((a, b) => b.score - a.score || (a.film.id < b.film.id ? -1 : 1));
}

function weightedRating({ rating, votes }: Film, meanRating: number, priorVotes: number): number {
  return (rating * votes + meanRating * priorVotes) / (votes + priorVotes);
}

/** The smallest value that at least this share of the values does not exceed; 0 of none. */
function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? 0;
}
