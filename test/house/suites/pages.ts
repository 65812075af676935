import type { Page } from '@widget-mediator/contracts';
import { loadCatalogue, simulatePersonas } from '@widget-mediator/film-catalogue';
import { until } from '../../support/until.ts';
import { explained } from '../callHouse.ts';
import type { House } from '../house.ts';

const personas = simulatePersonas(loadCatalogue());
type Persona = (typeof personas)[number];

export const personaNamed = (id: string): Persona => {
  const persona = personas.find((one) => one.id === id);
  if (persona === undefined) throw new Error(`the simulator has no viewer ${id}`);
  return persona;
};

export const queryOf = ({ id, segments, device }: Persona): string =>
  `user=${id}&segments=${segments.join()}&device=${device}`;

/** Eight invented viewers, and as many kinds of request as frontends can send. */
const requests: readonly (readonly [string, string])[] = [
  ...personas.map((persona) => [persona.name, queryOf(persona)] as const),
  ['a stranger', 'user=never-seen-before'],
  ['nobody in particular', ''],
  ['a segment without a user', 'segments=horror-fans'],
  ['another locale', 'locale=pt-BR'],
  ['someone in a hurry', 'user=ada&deadlineMs=20'],
  ['someone patient', 'user=ada&deadlineMs=2000'],
  ...['phone', 'tablet', 'web', 'tv'].map((device) => [`a ${device}`, `device=${device}`] as const),
];

/** What every page keeps to, whoever asks and whatever else happens. */
export function expectInvariants(page: Page): void {
  expect(page.placements.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const { conservation, verdicts } = page.trace ?? {};
  const dropped = Object.values(conservation?.dropped ?? {}).reduce((sum, count) => sum + count, 0);
  expect((conservation?.placed ?? 0) + (conservation?.reserve ?? 0) + dropped).toBe(conservation?.received);

  // "Continue watching" says in its manifest that it takes no part in dedupe.
  const deduped = page.placements.filter(({ widget }) => widget.id !== 'continue-watching');
  const shown = deduped.flatMap(({ widget }) => widget.items.map(({ id }) => id));
  expect(new Set(shown).size).toBe(shown.length);
  for (const { widget } of page.placements) expect(widget.items.length).toBeGreaterThan(0);

  const onPage = new Set(
    page.placements.flatMap(({ widget }) => widget.items.map(({ id }) => `${widget.id}/${id}`)),
  );
  const winners = (verdicts ?? []).flatMap(({ code, winner }) => (code === 'duplicate' ? [winner] : []));
  expect(winners.filter((winner) => !onPage.has(`${winner?.widget}/${winner?.item}`))).toEqual([]);
}

export function pages(house: () => House): void {
  test.each(requests)(
    'the page of %s is complete, conserves and shows nothing twice',
    async (_who, query) => {
      expectInvariants(await explained(house(), query));
    },
  );

  test('a viewer with a history gets it; one without gets what everyone gets', async () => {
    const max = personaNamed('max');
    const watched = new Set(max.history.map(({ filmId }) => filmId));
    // A recommender that a busy machine makes late is left out, as it should be, and asked again later.
    await until(
      'the page of a viewer with a history shows it',
      async () => {
        const { placements } = await explained(house(), queryOf(max));
        const itemsOf = (id: string) => placements.find(({ widget }) => widget.id === id)?.widget.items;
        const because = itemsOf('because-you-watched');
        expect(because?.filter(({ id }) => watched.has(id)) ?? []).toEqual([]);
        return because !== undefined && itemsOf('continue-watching') !== undefined;
      },
      30_000,
    );
    await until(
      'the recommender says that it has nothing for a viewer without one',
      async () => {
        const { trace } = await explained(house(), queryOf(personaNamed('noor')));
        const verdicts = trace?.verdicts ?? [];
        return verdicts.some(({ code, widget }) => code === 'abstained' && widget === 'continue-watching');
      },
      30_000,
    );
  });

  test.each([
    ['an unknown key', '', 'wm_nobody_x', 401],
    ['a viewer without a key', '?user=ada', undefined, 401],
    ['a parameter that is not there', '?slots=3', undefined, 422],
    ['a deadline of no time', '?deadlineMs=0', undefined, 422],
  ])('%s is refused with a problem', async (_what, query, key, status) => {
    const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const answer = await fetch(`${house().mediatorUrl}/v1/homepage${query}`, { headers });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect(await answer.json()).toMatchObject({
      type: expect.stringContaining('urn:widget-mediator'),
      status,
    });
  });
}
