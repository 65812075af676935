import { loadCatalogue } from '@widget-mediator/film-catalogue';
import { faultsOf } from '@widget-mediator/recommender-host/testing';
import { createHiddenGems } from './createHiddenGems.ts';

const recommender = createHiddenGems(loadCatalogue());

describe('createHiddenGems', () => {
  it('fits the contract', () => {
    expect(faultsOf(recommender)).toEqual([]);
  });

  it('publishes one list for everyone, with a reserve', () => {
    const submissions = recommender.submissions?.() ?? [];
    expect(
      submissions.map(({ widget, content }) => [widget, content.audience, content.items.length]),
    ).toEqual([['hidden-gems', { type: 'everyone' }, 40]]);
  });
});
