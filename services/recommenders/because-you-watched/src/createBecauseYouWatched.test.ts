import { loadCatalogue, simulatePersonas } from '@widget-mediator/film-catalogue';
import { faultsOf } from '@widget-mediator/recommender-host/testing';
import { createBecauseYouWatched } from './createBecauseYouWatched.ts';

const catalogue = loadCatalogue();
const personas = simulatePersonas(catalogue);
const recommender = createBecauseYouWatched(catalogue);
const answerFor = (user: string, more = {}) => recommender.answer?.({ user, count: 20, ...more });

describe('createBecauseYouWatched', () => {
  it('fits the contract, for every persona', () => {
    expect(
      faultsOf(
        recommender,
        personas.map(({ id }) => ({ user: id, count: 20 })),
      ),
    ).toEqual([]);
  });

  it('names the film it is because of, which the viewer has seen', () => {
    for (const { id, history } of personas.filter(({ history }) => history.length > 0)) {
      const titles = history.map(({ filmId }) => `Because you watched ${catalogue.byId.get(filmId)?.title}`);
      expect(titles).toContain(answerFor(id)?.title);
      expect(answerFor(id)?.audience).toEqual({ type: 'user', user: id });
    }
  });

  it('sends as many as are asked for, 40 at most', () => {
    expect(answerFor('ada', { count: 5 })?.items).toHaveLength(5);
    expect(answerFor('ada', { count: 50 })?.items).toHaveLength(40);
  });

  it('leaves out what is excluded', () => {
    const [first, second] = answerFor('ada')?.items ?? [];
    const [next] = answerFor('ada', { exclude: [first?.id ?? ''] })?.items ?? [];
    expect(next).toEqual(second);
  });

  it('has nothing for a viewer without history, a stranger, or nobody', () => {
    expect(answerFor('noor')).toBeUndefined();
    expect(answerFor('stranger')).toBeUndefined();
    expect(recommender.answer?.({ count: 20 })).toBeUndefined();
  });
});
