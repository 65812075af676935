import { loadCatalogue } from '@widget-mediator/film-catalogue';
import { faultsOf } from '@widget-mediator/recommender-host/testing';
import { createPopular } from './createPopular.ts';

const catalogue = loadCatalogue();
const recommender = createPopular(catalogue);
const submissions = recommender.submissions?.() ?? [];

describe('createPopular', () => {
  it('fits the contract', () => {
    expect(faultsOf(recommender)).toEqual([]);
  });

  it('has a list for everything and for each genre with at least 30 films', () => {
    expect(submissions.map(({ widget, content }) => [widget, content.title])).toEqual([
      ['popular', 'Popular'],
      ['popular-comedy', 'Popular in Comedy'],
      ['popular-drama', 'Popular in Drama'],
      ['popular-action', 'Popular in Action'],
      ['popular-horror', 'Popular in Horror'],
      ['popular-thriller-suspense', 'Popular in Thriller/Suspense'],
      ['popular-romantic-comedy', 'Popular in Romantic Comedy'],
      ['popular-western', 'Popular in Western'],
      ['popular-musical', 'Popular in Musical'],
      ['popular-black-comedy', 'Popular in Black Comedy'],
      ['popular-adventure', 'Popular in Adventure'],
      ['popular-documentary', 'Popular in Documentary'],
    ]);
  });

  it('keeps to the genre', () => {
    for (const { content } of submissions.filter(({ widget }) => widget !== 'popular')) {
      const genres = new Set(content.items.map(({ attributes }) => attributes?.['genre']));
      expect([...genres].map((genre) => `Popular in ${genre}`)).toEqual([content.title]);
    }
  });

  it('sends more than is shown, and shares films between lists, so that dedupe has work', () => {
    const [overall, ...genres] = submissions.map(({ content }) => content.items.map(({ id }) => id));
    expect(overall).toHaveLength(40);
    const inGenres = new Set(genres.flat());
    expect(overall?.filter((id) => inGenres.has(id)).length).toBeGreaterThan(20);
  });
});
