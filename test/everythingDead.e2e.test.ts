import { Page } from '@widget-mediator/contracts';
import { findFreePort } from '@widget-mediator/launcher';
import { layoutInput } from './support/layouts.ts';
import { type MediatorProcess, startMediatorProcess } from './support/mediatorProcess.ts';
import { testKeys } from './support/mediatorUnderTest.ts';
import { joined, openCallTo } from './support/pageStream.ts';

let mediator: MediatorProcess;

beforeAll(async () => {
  const nobodyThere = `redis://127.0.0.1:${await findFreePort()}`;
  mediator = await startMediatorProcess({ redisUrl: nobodyThere, layout: layoutInput({ pageSize: 2 }) });
});
afterAll(() => mediator.stop());

const placementsOf = ({ placements }: Page) =>
  placements.map(({ placement, widget }) => [placement, widget.id, widget.provenance]);

/** A page, by whichever way it can be asked for. */
async function ask(context: Record<string, string | number>, way: string): Promise<Page> {
  const accept = way.endsWith('stream') ? 'application/x-ndjson' : 'application/json';
  const query = new URLSearchParams(
    Object.entries(context).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const call = openCallTo(mediator.port, {
    accept,
    key: testKeys.reader,
    ...(way.startsWith('POST') ? { body: context } : { path: `/v1/homepage?${query}` }),
  });
  expect(await call.status).toBe(200);
  await call.ended;
  return way.endsWith('stream') ? joined(call.lines()) : Page.parse(JSON.parse(call.text()));
}

test.each(['GET json', 'POST json', 'GET stream', 'POST stream'])(
  'a mediator that never saw a Redis gives a full page and what comes below it: %s',
  async (way) => {
    for (const context of [{}, { user: 'u1', deadlineMs: 20 }]) {
      const top = await ask(context, way);
      expect(placementsOf(top)).toEqual([
        ['hero', 'editors-1', 'editorial'],
        ['row-1', 'editors-2', 'editorial'],
      ]);
      const below = await ask({ ...context, cursor: top.nextCursor ?? '' }, way);
      expect(placementsOf(below)).toEqual([['row-2', 'editors-3', 'editorial']]);
    }
    expect(mediator.logged().filter(({ level }) => Number(level) >= 50)).toEqual([]);
  },
);
