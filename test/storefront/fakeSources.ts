import type { PageItem, Provenance, VerdictCode } from '@widget-mediator/contracts';
import { type Film, filmToItem, loadCatalogue, simulatePersonas } from '@widget-mediator/film-catalogue';

/** What a recommender would have answered: items and how it came by them, or the reason why nothing came. */
export type FakeSource = {
  readonly id: string;
  readonly title: string;
  readonly items: readonly PageItem[];
  readonly outcome: Provenance | VerdictCode;
  readonly durationMs: number;
  readonly score: number;
  readonly kinds: readonly string[];
  /** "Continue watching" keeps films that others show too. */
  readonly yields: boolean;
};

const catalogue = loadCatalogue();
const personas = simulatePersonas(catalogue);
const byVotes = [...catalogue.films].sort((a, b) => b.votes - a.votes);

/** A row for each kind of thing a homepage shows; the persona's favourite genre decides what is in them. */
export function fakeSources(
  user: string | undefined,
  { degraded }: { readonly degraded: boolean },
): readonly FakeSource[] {
  const persona = personas.find(({ id }) => id === user);
  const watched = (persona?.history ?? []).flatMap(({ filmId, progress }) => {
    const film = catalogue.byId.get(filmId);
    return film ? [{ film, progress }] : [];
  });
  const started = watched.filter(({ progress }) => progress < 0.95);
  const seen = new Set(watched.map(({ film }) => film.id));
  const genre = favourite(watched.map(({ film }) => film)) ?? 'Adventure';
  const unseen = byVotes.filter(({ id }) => !seen.has(id));
  const ofGenre = unseen.filter((film) => film.genre === genre);
  const seed = watched[0]?.film;

  const source = (
    id: string,
    title: string,
    films: readonly Film[],
    rest: Partial<FakeSource> = {},
  ): FakeSource => ({
    id,
    title,
    items: films.slice(0, 18).map(toPageItem),
    outcome: films.length === 0 ? 'abstained' : 'fresh',
    durationMs: 12 + ((id.length * 37) % 70),
    score: 1,
    kinds: ['row'],
    yields: true,
    ...rest,
  });

  return [
    source('for-you', seed ? `Because you watched ${seed.title}` : 'Where to begin', ofGenre, {
      kinds: ['hero'],
      score: 0.94,
    }),
    source('continue-watching', 'Continue watching', [], {
      items: started.map(({ film, progress }) => withProgress(toPageItem(film), progress)),
      outcome: started.length >= 2 ? 'fresh' : 'abstained',
      yields: false,
      score: 0.91,
      durationMs: 4.2,
    }),
    source(
      'popular',
      'Popular this week',
      unseen.slice(0, 18).map((film) => film),
      {
        score: 0.82,
        outcome: degraded ? 'stale' : 'fresh',
        durationMs: degraded ? 80 : 31,
      },
    ),
    source('popular-in-genre', `More ${genre.toLowerCase()}`, ofGenre.slice(4), { score: 0.77 }),
    source('top-rated', 'Critics agree', byRating(unseen), {
      score: 0.71,
      outcome: degraded ? 'fallback' : 'fresh',
    }),
    source(
      'new-releases',
      'New releases',
      unseen.filter(({ year }) => year >= 2010),
      {
        score: 0.66,
        items: unseen
          .filter(({ year }) => year >= 2010)
          .slice(0, 14)
          .map((film, index) => ({ ...toPageItem(film), ...(index === 2 && { sponsored: true }) })),
      },
    ),
    source('classics', 'Before colour television', byRating(unseen.filter(({ year }) => year < 1965)), {
      score: 0.58,
      outcome: 'editorial',
    }),
    source('hidden-gems', 'Hidden gems', byRating(unseen.filter(({ votes }) => votes < 9_000)), {
      score: 0.41,
      ...(degraded && { outcome: 'timeout', items: [], durationMs: 150 }),
    }),
    source('midnight-movies', 'Midnight movies', byRating(unseen.filter((film) => film.genre === 'Horror')), {
      score: 0.33,
    }),
    source('documentaries', 'Documentaries', [], {
      outcome: degraded ? 'breaker-open' : 'abstained',
      durationMs: 0.3,
    }),
  ];
}

function favourite(films: readonly Film[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { genre } of films) counts.set(genre, (counts.get(genre) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function byRating(films: readonly Film[]): readonly Film[] {
  return [...films].sort((a, b) => b.rating - a.rating);
}

function toPageItem(film: Film): PageItem {
  const { id, title, url, attributes } = filmToItem(film, 1);
  return { id, title, url, attributes: { ...attributes } };
}

function withProgress(item: PageItem, progress: number): PageItem {
  return { ...item, attributes: { ...item.attributes, progress } };
}
