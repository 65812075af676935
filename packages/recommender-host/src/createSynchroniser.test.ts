import { WidgetManifest } from '@widget-mediator/contracts';
import { createPublisher } from '@widget-mediator/publisher';
import { pino } from 'pino';
import { createSynchroniser } from './createSynchroniser.ts';
import type { Submission } from './recommender.ts';
import { type FakeMediator, startFakeMediator } from './testing/index.ts';
import { createVersions } from './versions.ts';

const TTL_MS = 60_000;
const { signal } = new AbortController();
const mediators: FakeMediator[] = [];
afterEach(() => Promise.all(mediators.splice(0).map((mediator) => mediator.close())));

describe('createSynchroniser', () => {
  it('registers and publishes for each audience', async () => {
    const { mediator, synchronise } = await start();
    await expect(synchronise(signal)).resolves.toBe(true);
    expect([...mediator.registrations.keys()]).toEqual(['a', 'b']);
    expect(publishedTitles(mediator, 'a')).toEqual(['A', 'A for fans']);
    expect(publishedTitles(mediator, 'b')).toEqual(['B']);
  });

  it('publishes nothing while nothing has changed', async () => {
    const { mediator, synchronise } = await start();
    await synchronise(signal);
    const before = mediator.calls.length;
    await synchronise(signal);
    expect(mediator.calls.slice(before)).toEqual(['PUT /v1/widgets/a', 'PUT /v1/widgets/b']);
  });

  it('publishes what has changed, under a higher version', async () => {
    const { mediator, synchronise, submissions } = await start();
    await synchronise(signal);
    submissions[0] = submission('a', 'A again');
    await synchronise(signal);
    expect(publishedTitles(mediator, 'a')).toEqual(['A', 'A for fans', 'A again']);
    const versions = mediator.publications.get('a')?.map(({ version }) => version) ?? [];
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  });

  it('publishes again at half of the time to live', async () => {
    const { mediator, synchronise, advance } = await start();
    await synchronise(signal);
    advance(TTL_MS / 2 - 1);
    await synchronise(signal);
    expect(publishedTitles(mediator, 'b')).toEqual(['B']);
    advance(1);
    await synchronise(signal);
    expect(publishedTitles(mediator, 'b')).toEqual(['B', 'B']);
  });

  it('registers and publishes everything again when the mediator has lost its state', async () => {
    const { mediator, synchronise } = await start();
    await synchronise(signal);
    mediator.loseState();
    await synchronise(signal);
    expect(publishedTitles(mediator, 'a')).toEqual(['A', 'A for fans']);
  });

  it('registers again when the widget is unknown between registration and publication', async () => {
    const { mediator, synchronise, submissions } = await start();
    await synchronise(signal);
    submissions[0] = submission('a', 'A again');
    const { registrations } = mediator;
    const has = registrations.has.bind(registrations);
    // The state is lost as the publication arrives, once.
    registrations.has = (widget) => {
      registrations.has = has;
      mediator.loseState();
      return has(widget);
    };
    await expect(synchronise(signal)).resolves.toBe(true);
    expect(publishedTitles(mediator, 'a')).toContain('A again');
  });

  it('goes above a version that somebody else has published', async () => {
    const { mediator, synchronise } = await start();
    const other = { version: 10_000, audience: { type: 'everyone' as const }, items: [] };
    mediator.publications.set('b', [other]);
    await expect(synchronise(signal)).resolves.toBe(true);
    expect(mediator.publications.get('b')?.map(({ version }) => version)).toEqual([10_000, 10_001]);
  });

  it('warns and reports that it is behind while the mediator is away, then catches up', async () => {
    const { mediator, synchronise, logged } = await start();
    mediator.refusing = 'store-unavailable';
    await expect(synchronise(signal)).resolves.toBe(false);
    expect(logged()).toEqual([{ level: 40, msg: 'the mediator is away; will try again' }]);
    mediator.refusing = undefined;
    await expect(synchronise(signal)).resolves.toBe(true);
    expect(publishedTitles(mediator, 'b')).toEqual(['B']);
  });

  it('reports a refused widget as an error and goes on with the others', async () => {
    const { mediator, synchronise, submissions, logged } = await start();
    submissions[0] = submission('a', '\u0000');
    await expect(synchronise(signal)).resolves.toBe(false);
    expect(logged()).toContainEqual({ level: 50, msg: 'the mediator refused the widget' });
    expect(publishedTitles(mediator, 'b')).toEqual(['B']);
  });

  it('ends with the reason when it is stopped', async () => {
    const { synchronise } = await start();
    await expect(synchronise(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });

  it('logs no key', async () => {
    const { mediator, synchronise, lines } = await start();
    mediator.refusing = 'key-unknown';
    await synchronise(signal);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join()).not.toContain('secret-key');
  });
});

async function start() {
  const mediator = await startFakeMediator();
  mediators.push(mediator);
  let nowMs = 1_000;
  const now = () => nowMs;
  const advance = (ms: number) => {
    nowMs += ms;
  };
  const clock = { now, random: () => 0.5, sleep: async (ms: number) => advance(ms) };
  const lines: string[] = [];
  const submissions = [submission('a', 'A'), submission('a', 'A for fans', 'fans'), submission('b', 'B')];
  const synchronise = createSynchroniser({
    publisher: createPublisher({
      mediatorUrl: mediator.url,
      apiKey: 'secret-key',
      giveUpAfterMs: 1_000,
      clock,
    }),
    manifests: [manifest('a'), manifest('b')],
    submissions: () => submissions,
    versions: createVersions(now),
    now,
    log: pino({ level: 'trace' }, { write: (line: string) => lines.push(line) }),
  });
  const logged = () => lines.map((line) => JSON.parse(line)).map(({ level, msg }) => ({ level, msg }));
  return { mediator, synchronise, submissions, advance, logged, lines };
}

function manifest(id: string): WidgetManifest {
  return WidgetManifest.parse({
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id, owner: 'team', title: id },
    spec: { itemType: 'film', delivery: { mode: 'push', ttlMs: TTL_MS }, placements: ['row'] },
  });
}

function submission(widget: string, title: string, segment?: string): Submission {
  const items = [{ id: 'film-1', title: 'Heat' }];
  return { widget, content: { title, items, ...(segment && { audience: { type: 'segment', segment } }) } };
}

function publishedTitles(mediator: FakeMediator, widget: string) {
  return mediator.publications.get(widget)?.map(({ title }) => title) ?? [];
}
