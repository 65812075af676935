/**
 * Raw records of vega-datasets' movies.json → the films we keep, and an account of all others.
 *
 * The package calls the file a teaching resource with "known data quality issues and intentional errors", so each rule
 * below was read off the data; what cannot be repaired with confidence is left out rather than guessed.
 */

/** The data was collected in 2010; the few later dates are announcements (2011) or lost centuries (2015 to 2046). */
const LAST_YEAR = 2011;
const FIRST_YEAR = 1888;

/** Up to here "Dec 31 Y" stands for "some day in Y + 1": a bare year that slipped a day (Casablanca: Dec 31 1941). */
const LAST_SLIPPED_YEAR = 1992;
/** The one film before 1993 that came out in the year its "Dec 31" names. */
const TRULY_THAT_YEAR = new Set(['The Deer Hunter']);

/** A film that earned this much has far more than this many votes, unless the rating is a namesake's (Aliens: 84). */
const HIT_GROSS = 50_000_000;
const HIT_MIN_VOTES = 3000;

/** Latin-1 bytes that were read as Mac Roman, as far as they occur: È was 0xE9, which is é in Latin-1. */
const MAC_ROMAN_TO_LATIN_1 = {
  È: 'é',
  Í: 'ê',
  Ë: 'è',
  Î: 'ë',
  '‰': 'ä',
  '‡': 'à',
  '·': 'á',
  Ù: 'ô',
  Û: 'ó',
  '˘': 'ù',
  Ω: '½',
  Ö: '…',
};

const LEFT_OUT = ['noTitle', 'noRating', 'unknownDate', 'duplicate', 'sharedRating', 'implausibleRating'];
const REPAIRED = [
  'titleNumber',
  'titleEncoding',
  'titleArticle',
  'titleSpacing',
  'lostCentury',
  'yearOnlyDate',
  'genreUnclassified',
  'mpaaOpen',
  'grossZero',
];

export function cleanFilms(records) {
  const parsed = records.map(parse);
  const withReasons = leaveOut(parsed);
  const kept = withReasons.filter(({ reason }) => reason === undefined);
  const leftOut = withReasons.filter(({ reason }) => reason !== undefined);
  const films = kept.map(({ film }) => film).sort((a, b) => (a.id < b.id ? -1 : 1));
  const cleaning = {
    read: records.length,
    kept: films.length,
    leftOut: tally(
      LEFT_OUT,
      leftOut.map(({ reason }) => reason),
    ),
    repaired: tally(
      REPAIRED,
      kept.flatMap(({ repairs }) => repairs),
    ),
    leftOutFilms: leftOut.map(({ record, reason }) => ({
      title: record.Title,
      date: record['Release Date'],
      reason,
    })),
  };
  return { films, cleaning };
}

function parse(record) {
  const repairs = [];
  const title = record.Title === null ? undefined : cleanTitle(record.Title, repairs);
  const date = cleanDate(record['Release Date'], title, repairs);
  if (title === undefined || date === undefined) return { record, repairs, title, date };
  const year = Number(date.slice(0, 4));
  const film = withoutNulls({
    id: `film-${slug(title)}-${year}`,
    title,
    year,
    released: date,
    genre: cleanGenre(record['Major Genre'], repairs),
    director: record.Director,
    mpaa: cleanMpaa(record['MPAA Rating'], repairs),
    runtimeMinutes: record['Running Time min'],
    rating: record['IMDB Rating'],
    votes: record['IMDB Votes'],
    grossWorldwide: cleanGross(record['Worldwide Gross'], repairs),
    creativeType: record['Creative Type'],
  });
  return { record, repairs, title, date, film };
}

/** Gives every film that is left out its one reason: the first that applies. */
function leaveOut(parsed) {
  const filmsOfRating = new Map();
  for (const { film } of parsed) {
    if (film?.rating === undefined) continue;
    filmsOfRating.set(ratingKey(film), (filmsOfRating.get(ratingKey(film)) ?? new Set()).add(film.id));
  }
  const seen = new Set();
  return parsed.map((entry) => {
    const reason = reasonAgainst(entry, seen, filmsOfRating);
    if (reason === undefined) seen.add(entry.film.id);
    return { ...entry, reason };
  });
}

function reasonAgainst({ title, date, record, film }, seen, filmsOfRating) {
  if (title === undefined) return 'noTitle';
  if (record['IMDB Rating'] === null || !(record['IMDB Votes'] > 0)) return 'noRating';
  if (date === undefined) return 'unknownDate';
  if (seen.has(film.id)) return 'duplicate';
  // Ratings were joined by (similar) title: two films with the same rating from as many voters share one film's rating.
  if (filmsOfRating.get(ratingKey(film)).size > 1) return 'sharedRating';
  if (film.grossWorldwide >= HIT_GROSS && film.votes < HIT_MIN_VOTES) return 'implausibleRating';
  return undefined;
}

function ratingKey({ rating, votes }) {
  return `${rating} from ${votes}`;
}

function cleanTitle(raw, repairs) {
  if (typeof raw === 'number') repairs.push('titleNumber');
  let title = String(raw);
  title = repaired(
    title,
    title.replace(/[ÈÍËÎ‰‡·ÙÛ˘ΩÖ]/g, (c) => MAC_ROMAN_TO_LATIN_1[c]),
    'titleEncoding',
    repairs,
  );
  title = repaired(title, title.replace(/^(.+), (The|Das|Les)$/, '$2 $1'), 'titleArticle', repairs);
  return repaired(title, title.replace(/\s+/g, ' ').trim(), 'titleSpacing', repairs);
}

function repaired(before, after, kind, repairs) {
  if (before !== after) repairs.push(kind);
  return after;
}

/** ISO date; January 1st where only the year is known; undefined where not even that is. */
function cleanDate(raw, title, repairs) {
  const time = Date.parse(`${raw} UTC`);
  // The last day of 1969 is time zero seen from west of Greenwich: "no date", not a date.
  if (Number.isNaN(time) || raw === 'Dec 31 1969') return undefined;
  const date = new Date(time);
  if (date.getUTCFullYear() > LAST_YEAR) {
    date.setUTCFullYear(date.getUTCFullYear() - 100);
    repairs.push('lostCentury');
  } else if (
    raw.startsWith('Dec 31') &&
    date.getUTCFullYear() <= LAST_SLIPPED_YEAR &&
    !TRULY_THAT_YEAR.has(title)
  ) {
    date.setUTCDate(date.getUTCDate() + 1);
    repairs.push('yearOnlyDate');
  }
  const year = date.getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR ? date.toISOString().slice(0, 10) : undefined;
}

function cleanGenre(raw, repairs) {
  if (raw === null) repairs.push('genreUnclassified');
  return raw ?? 'Unclassified';
}

/** "Open" (two films) is no MPAA rating; both were released without one. */
function cleanMpaa(raw, repairs) {
  if (raw === 'Open') repairs.push('mpaaOpen');
  return raw === 'Open' ? 'Not Rated' : raw;
}

function cleanGross(raw, repairs) {
  if (raw === 0) repairs.push('grossZero');
  return raw === 0 ? null : raw;
}

/** The same slug as src/slug.ts makes; a test holds the two together. */
function slug(text) {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .replace(/¢/g, 'c')
    .replace(/&/g, ' and ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function withoutNulls(record) {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== null && value !== undefined),
  );
}

function tally(kinds, found) {
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  for (const kind of found) counts[kind] += 1;
  return counts;
}
