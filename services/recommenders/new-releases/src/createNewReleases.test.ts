import { loadCatalogue, simulatePersonas } from '@widget-mediator/film-catalogue';
import { faultsOf } from '@widget-mediator/recommender-host/testing';
import { createNewReleases } from './createNewReleases.ts';

const catalogue = loadCatalogue();
const recommender = createNewReleases(catalogue);
const contents = recommender.submissions?.().map(({ content }) => content) ?? [];

describe('createNewReleases', () => {
  it('fits the contract', () => {
    expect(faultsOf(recommender)).toEqual([]);
  });

  it('has one list for everyone and one for each segment of viewers with a history', () => {
    const segments = simulatePersonas(catalogue)
      .filter(({ history }) => history.length > 0)
      .flatMap((persona) => persona.segments);
    expect(contents.map(({ audience }) => audience)).toEqual([
      { type: 'everyone' },
      ...[...new Set(segments)].map((segment) => ({ type: 'segment', segment })),
    ]);
  });

  it('sorts by date for everyone', () => {
    const dates = itemsFor().map(({ id }) => catalogue.byId.get(id)?.released ?? '');
    expect(dates).toEqual(dates.toSorted().toReversed());
  });

  it.each([
    ['horror-fans', 'Horror'],
    ['comedy-fans', 'Romantic Comedy'],
    ['drama-lovers', 'Drama'],
  ])('gives %s more %s among the ten first than everyone gets', (segment, genre) => {
    const ofGenre = (items: ReturnType<typeof itemsFor>) =>
      items.slice(0, 10).filter(({ attributes }) => attributes?.['genre'] === genre).length;
    expect(ofGenre(itemsFor(segment))).toBeGreaterThan(ofGenre(itemsFor()));
  });

  it('gives families nothing rated R among the twenty shown', () => {
    const ratings = itemsFor('families')
      .slice(0, 20)
      .map(({ attributes }) => attributes?.['mpaa']);
    expect(ratings).not.toContain('R');
  });
});

function itemsFor(segment?: string) {
  const found = contents.find(({ audience }) =>
    audience?.type === 'segment' ? audience.segment === segment : segment === undefined,
  );
  return found?.items ?? [];
}
