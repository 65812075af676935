import type { Film } from '@widget-mediator/film-catalogue';

export type Gem = { readonly film: Film; readonly score: number };

/**
 * Best first: films rated above the mean by fewer people than the median film, scored (R − C) · v/(v+k) · h.
 *
 * The first two factors are how much better than the mean C the film is, shrunk by Bühlmann's credibility v/(v+k) ("Experience
 * rating and credibility", ASTIN Bulletin 4, 1967): five voters hardly move it from zero. k is the lower quartile of votes,
 * so half of the deviation is believed there. h is the share of films with more voters: the deeper hidden, the better.
 * Ties go by id.
 */
export function rankGems(films: readonly Film[]): readonly Gem[] {
  const votes = films.map((film) => film.votes).sort((a, b) => a - b);
  const halfBelievedAt = votes[Math.floor(votes.length / 4)] ?? 0;
  const meanRating = films.reduce((sum, { rating }) => sum + rating, 0) / films.length;
  const rankByVotes = new Map(votes.map((each, rank) => [each, rank]));

  return films
    .map((film) => {
      const credibility = film.votes / (film.votes + halfBelievedAt);
      const hidden = 1 - (rankByVotes.get(film.votes) ?? 0) / films.length;
      return { film, hidden, score: (film.rating - meanRating) * credibility * hidden };
    })
    .filter(({ score, hidden }) => score > 0 && hidden > 0.5)
    .sort((a, b) => b.score - a.score || (a.film.id < b.film.id ? -1 : 1))
    .map(({ film, score }) => ({ film, score }));
}
