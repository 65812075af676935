/**
 * One film of the examples' catalogue. Facts as of 2010, cleaned by scripts/makeFacts.mjs; an absent field is unknown.
 */
export type Film = {
  /** `film-<slug of title>-<year>`, unique, for example `film-heat-1995`. */
  readonly id: string;
  readonly title: string;
  /** 1915 to 2011. */
  readonly year: number;
  /** ISO date, for example `1995-12-15`; January 1st stands for "some day in that year". */
  readonly released: string;
  /** One of 12 genres, or `Unclassified`. */
  readonly genre: string;
  readonly director?: string;
  /** `G`, `PG`, `PG-13`, `R`, `NC-17` or `Not Rated`. */
  readonly mpaa?: string;
  readonly runtimeMinutes?: number;
  /** Mean IMDb rating, 0 to 10. */
  readonly rating: number;
  /** How many people rated it; the catalogue's measure of popularity. */
  readonly votes: number;
  /** US dollars, not adjusted for inflation. */
  readonly grossWorldwide?: number;
  /** The kind of story, for example `Science Fiction` or `Kids Fiction`. */
  readonly creativeType?: string;
};
