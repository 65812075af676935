// Writes the demo's layout: the placements by hand, the editorial lists from the film catalogue, so that they name
// films that exist. Run it again after the catalogue changed: pnpm run layout
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Film, filmToItem, loadCatalogue } from '../packages/film-catalogue/src/index.ts';

interface EditorialList {
  readonly id: string;
  readonly title: string;
  readonly picks: (film: Film) => boolean;
  readonly placements: readonly string[];
}

const row = ['row'];
const lists: readonly EditorialList[] = [
  {
    id: 'editors-choice',
    title: "Editors' choice",
    picks: ({ rating }) => rating >= 8.2,
    placements: ['hero', 'row'],
  },
  { id: 'editors-classics', title: 'Before 1970', picks: ({ year }) => year < 1970, placements: row },
  { id: 'editors-comedy', title: 'A good laugh', picks: ({ genre }) => genre === 'Comedy', placements: row },
  {
    id: 'editors-thrillers',
    title: 'Edge of the seat',
    picks: ({ genre }) => genre === 'Thriller/Suspense',
    placements: row,
  },
  { id: 'editors-drama', title: 'Great dramas', picks: ({ genre }) => genre === 'Drama', placements: row },
  {
    id: 'editors-adventure',
    title: 'Far away',
    picks: ({ genre }) => genre === 'Adventure',
    placements: row,
  },
  {
    id: 'editors-family',
    title: 'For all ages',
    picks: ({ mpaa }) => mpaa === 'G' || mpaa === 'PG',
    placements: row,
  },
  { id: 'editors-new-century', title: 'The new century', picks: ({ year }) => year >= 2000, placements: row },
];
const itemsPerList = 8;

const used = new Set<string>();
const byVotes = [...loadCatalogue().films].sort((a, b) => b.votes - a.votes);
const editorial = lists.map(({ id, title, picks, placements }) => {
  const films = byVotes
    .filter((film) => film.rating >= 7 && picks(film) && !used.has(film.id))
    .slice(0, itemsPerList);
  for (const film of films) used.add(film.id);
  return {
    id,
    title,
    itemType: 'film',
    placements,
    minItems: 4,
    items: films.map((film) => filmToItem(film, film.rating)),
  };
});

const layout = {
  apiVersion: 'widget-mediator/v1',
  kind: 'Layout',
  id: 'homepage',
  version: '2026-11-23.1',
  deadlineMs: 150,
  assemblyReserveMs: 10,
  strategy: 'consensus',
  prior: ['new-releases', 'popular', 'because-you-watched', 'hidden-gems', 'popular-drama', 'popular-comedy'],
  placements: [
    { id: 'hero', kind: 'hero', attention: 2, maxItems: 5 },
    { id: 'row-1', kind: 'row', pins: [{ widget: 'continue-watching' }] },
    ...[2, 3, 4, 5, 6, 7].map((n) => ({ id: `row-${n}`, kind: 'row' })),
  ],
  editorial,
};

const path = join(import.meta.dirname, '..', 'services', 'mediator', 'layouts', 'homepage.json');
writeFileSync(path, `${JSON.stringify(layout, null, 2)}\n`);
process.stdout.write(`${path}: ${editorial.map(({ id, items }) => `${id} ${items.length}`).join(', ')}\n`);
