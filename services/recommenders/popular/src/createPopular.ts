import type { WidgetManifest } from '@widget-mediator/contracts';
import { type Catalogue, type Film, filmToItem } from '@widget-mediator/film-catalogue';
import { type Recommender, readWidgetFile, type Submission } from '@widget-mediator/recommender-host';
import { rankByWeightedRating } from './rankByWeightedRating.ts';

/** Twice what is shown, so that a reserve stands in for what page-wide dedupe takes. */
const ITEMS = 40;
const FILMS_PER_GENRE = 30;

/** Of the overall list; those of genres differ in their names and in how they are shown. */
const manifest = readWidgetFile(import.meta.dirname);

type List = {
  readonly widget: string;
  readonly title: string;
  readonly films: readonly Film[];
  readonly shown: Partial<Pick<WidgetManifest['spec'], 'minItems' | 'maxItems' | 'placements'>>;
};

/** One list of the whole catalogue and one of each genre with at least 30 films; a film is in two of them. */
export function createPopular({ films }: Catalogue): Recommender {
  const lists = [overall(films), ...byGenre(films)];
  const submissions = lists.map(submissionOf);
  return { manifests: () => lists.map(manifestOf), submissions: () => submissions };
}

function overall(films: readonly Film[]): List {
  const { id: widget, title } = manifest.metadata;
  return { widget, title, films, shown: {} };
}

function byGenre(films: readonly Film[]): readonly List[] {
  const shown = { minItems: 5, maxItems: 15, placements: ['row'] };
  return [...new Set(films.map(({ genre }) => genre))]
    .map((genre) => [genre, films.filter((film) => film.genre === genre)] as const)
    .filter(([genre, members]) => genre !== 'Unclassified' && members.length >= FILMS_PER_GENRE)
    .map(([genre, members]) => ({
      widget: `popular-${slug(genre)}`,
      title: `Popular in ${genre}`,
      films: members,
      shown,
    }));
}

function manifestOf({ widget, title, shown }: List): WidgetManifest {
  return {
    ...manifest,
    metadata: { ...manifest.metadata, id: widget, title },
    spec: { ...manifest.spec, ...shown },
  };
}

function submissionOf({ widget, title, films }: List): Submission {
  const items = rankByWeightedRating(films)
    .slice(0, ITEMS)
    .map(({ film, score }) => filmToItem(film, score));
  return { widget, content: { title, audience: { type: 'everyone' }, items } };
}

/** `Thriller/Suspense` → `thriller-suspense`. */
function slug(genre: string): string {
  return genre.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
