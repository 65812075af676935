import { loadCatalogue, simulatePersonas } from '@widget-mediator/film-catalogue';
import { faultsOf } from '@widget-mediator/recommender-host/testing';
import { createContinueWatching } from './createContinueWatching.ts';

const catalogue = loadCatalogue();
const personas = simulatePersonas(catalogue);
const recommender = createContinueWatching(catalogue);
const answerFor = (user: string, more = {}) => recommender.answer?.({ user, count: 20, ...more });

describe('createContinueWatching', () => {
  it('fits the contract, for every persona', () => {
    expect(
      faultsOf(
        recommender,
        personas.map(({ id }) => ({ user: id, count: 20 })),
      ),
    ).toEqual([]);
  });

  it.each(personas)(
    'shows $id what is unfinished, most recent first, with the progress',
    ({ id, history }) => {
      const begun = history.filter(({ progress }) => progress < 0.95);
      const shown = answerFor(id)?.items ?? [];
      expect(shown.map((item) => [item.id, item.attributes?.['progress']])).toEqual(
        begun.map(({ filmId, progress }) => [filmId, progress]),
      );
    },
  );

  it('has something for someone, and nothing for who finishes everything or has seen nothing', () => {
    expect(answerFor('max')?.items).toHaveLength(6);
    expect(answerFor('grace')).toBeUndefined();
    expect(answerFor('noor')).toBeUndefined();
  });

  it('has nothing for a stranger, or without a viewer', () => {
    expect(answerFor('stranger')).toBeUndefined();
    expect(recommender.answer?.({ count: 20 })).toBeUndefined();
  });

  it('leaves out what is excluded, and sends no more than was asked for', () => {
    const [first, second] = answerFor('max')?.items ?? [];
    const rest = answerFor('max', { exclude: [first?.id ?? ''], count: 1 })?.items ?? [];
    expect(rest.map(({ id }) => id)).toEqual([second?.id]);
  });

  it('takes no part in page-wide dedupe', () => {
    const [manifest] = recommender.manifests('http://127.0.0.1/widget');
    expect(manifest?.spec.dedupe).toMatchObject({ yields: false, blocks: false });
  });
});
