import { HomepageRequest, type Registration, WidgetManifest } from '@widget-mediator/contracts';
import { createContent } from '../intake/content.ts';
import { passTraceOn } from '../observability/pageTrace.ts';
import { createContentMemory } from '../registry/contentMemory.ts';
import { stampOf } from '../store/stamp.ts';
import { storable } from '../store/storedPublication.ts';
import { ClientGone } from './clientGone.ts';
import { type CollectingPage, collect, type Progress } from './collect.ts';
import type { CollectParts } from './collected.ts';
import { type Answer, type Ask, cancel, newCancellation } from './source.ts';

const registration = (id: string, mode: 'push' | 'pull'): Registration => ({
  manifest: WidgetManifest.parse({
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id, owner: 'alpha', title: id },
    spec: {
      itemType: 'film',
      delivery: mode === 'pull' ? { mode, endpoint: 'http://127.0.0.1:9/' } : { mode },
      minItems: 1,
      placements: ['row'],
    },
  }),
  revision: 1,
  incarnation: 'first',
  updatedAt: new Date(0).toISOString(),
});

const contentOf = ({ manifest }: Registration) =>
  createContent(
    manifest,
    { version: 1, audience: { type: 'everyone' }, items: [{ id: 'a', title: 'A' }] },
    { admittedAtMs: Date.now() },
  );

/** A page of pull widgets `p1`, `p2` and the push widget `q`, of which a test gives every answer by hand. */
function scene({ loadsUsers = false } = {}) {
  const [p1, p2, q] = [registration('p1', 'pull'), registration('p2', 'pull'), registration('q', 'push')];
  const asked = new Map<string, Ask>();
  const answers = new Map<string, (answer: Answer) => void>();
  const faults: string[] = [];
  const contents = createContentMemory();
  const audience = { type: 'everyone' } as const;
  const json = Buffer.from(JSON.stringify({ version: 1, audience, items: [{ id: 'b', title: 'B' }] }));
  const stored = storable(1, [json], Date.now());
  contents.put(q, audience, { stamp: stampOf(stored), record: stored.record });
  const parts: CollectParts = {
    contents,
    users: {
      isUsed: () => loadsUsers,
      cached: () => undefined,
      remembered: () => undefined,
      load: () => new Promise(() => {}),
    },
    sources: {
      of: ({ manifest }: Registration) => ({
        held: () => ({ state: 'nothing' }) as const,
        refresh: () => {},
        ask: (ask: Ask) => {
          asked.set(manifest.metadata.id, ask);
          return new Promise<Answer>((resolve) => answers.set(manifest.metadata.id, resolve));
        },
      }),
    },
    now: () => Date.now(),
    onFault: (widget) => faults.push(widget),
  };
  const cancellation = newCancellation();
  const page: CollectingPage = {
    request: HomepageRequest.parse({ user: 'u1' }),
    budgetMs: 100,
    cancellation,
    trace: passTraceOn('2f9c1f44-53e5-4f0e-9a51-0d3c3c9f5a10', undefined),
  };
  return {
    page,
    asked,
    faults,
    collecting: (changes: Partial<CollectingPage> = {}) =>
      collect(parts, [p1, p2, q], { ...page, ...changes }),
    answers: (
      widget: 'p1' | 'p2',
      answer: Answer = { status: 'entered', content: contentOf(widget === 'p1' ? p1 : p2) },
    ) => answers.get(widget)?.(answer),
  };
}

const outcomes = (collected: Awaited<ReturnType<typeof collect>>) =>
  collected.map(({ registration: { manifest }, entry, code }) => [
    manifest.metadata.id,
    entry?.candidate.provenance ?? code,
  ]);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('returns when all have answered, and leaves no timer behind', async () => {
  const { collecting, answers } = scene();
  const collected = collecting();
  answers('p1');
  answers('p2');
  expect(outcomes(await collected)).toEqual([
    ['p1', 'fresh'],
    ['p2', 'fresh'],
    ['q', 'fresh'],
  ]);
  expect(jest.getTimerCount()).toBe(0);
});

test('returns by its budget though one source never settles, and takes nothing after that', async () => {
  const { collecting, answers } = scene();
  const collecting1 = collecting();
  answers('p1');
  await jest.advanceTimersByTimeAsync(100);
  const collected = await collecting1;
  const before = outcomes(collected);
  expect(before).toEqual([
    ['p1', 'fresh'],
    ['p2', 'page-deadline'],
    ['q', 'fresh'],
  ]);
  answers('p2');
  await jest.advanceTimersByTimeAsync(1_000);
  expect(outcomes(collected)).toEqual(before);
});

test('what the store knows of the user and what sources answer is waited for at the same time', async () => {
  const { collecting, answers } = scene({ loadsUsers: true });
  const seen: number[] = [];
  const collected = collecting({
    isComplete: ({ collected: soFar }) => {
      seen.push(soFar.length);
      return false;
    },
  });
  answers('p1');
  answers('p2');
  await jest.advanceTimersByTimeAsync(1);
  expect(seen).toEqual([0, 1, 2]);
  await jest.advanceTimersByTimeAsync(49);
  expect(outcomes(await collected)).toEqual([
    ['p1', 'fresh'],
    ['p2', 'fresh'],
    ['q', 'fresh'],
  ]);
});

test('a store that hangs spends none of the time of sources beyond the budget, and loses no answer', async () => {
  const { collecting, answers, asked } = scene({ loadsUsers: true });
  const collected = collecting({ budgetMs: 30 });
  answers('p1');
  expect(asked.get('p1')?.remainingMs).toBeLessThanOrEqual(30);
  await jest.advanceTimersByTimeAsync(30);
  expect(outcomes(await collected)).toEqual([
    ['p1', 'fresh'],
    ['p2', 'page-deadline'],
    ['q', 'fresh'],
  ]);
});

test('closes as soon as the page can do without the rest', async () => {
  const { collecting, answers, asked } = scene();
  const waitedFor: string[][] = [];
  const collected = collecting({
    isComplete: ({ outstanding }: Progress) => {
      waitedFor.push(Array.from(outstanding, ({ manifest }) => manifest.metadata.id));
      return outstanding.size === 1;
    },
  });
  answers('p2');
  expect(outcomes(await collected)).toEqual([
    ['p1', 'not-awaited'],
    ['p2', 'fresh'],
    ['q', 'fresh'],
  ]);
  expect(waitedFor).toEqual([['p1', 'p2'], ['p1']]);
  // The call goes on, and warms the cache.
  expect(asked.get('p1')?.cancellation.cancelled).toBe(false);
  expect(jest.getTimerCount()).toBe(0);
});

test('when the client is gone every call is left, and nothing is collected', async () => {
  const { page, collecting, answers, asked } = scene({ loadsUsers: true });
  const collected = collecting();
  answers('p1');
  await jest.advanceTimersByTimeAsync(1);
  cancel(page.cancellation);
  await expect(collected).rejects.toThrow(ClientGone);
  expect(asked.get('p1')?.cancellation.cancelled).toBe(false);
  expect(asked.get('p2')?.cancellation.cancelled).toBe(true);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(jest.getTimerCount()).toBe(0);
});

test('a client that is gone before anything was waited for is not waited for', async () => {
  const { page, collecting, asked } = scene();
  cancel(page.cancellation);
  await expect(collecting()).rejects.toThrow(ClientGone);
  expect([...asked.values()].every(({ cancellation }) => cancellation.cancelled)).toBe(true);
});

test('a fault of ours while the page is looked at fails the page, and leaves nothing waiting', async () => {
  const { collecting, answers } = scene();
  const collected = collecting({
    isComplete: ({ outstanding }) => {
      if (outstanding.size === 1) throw new Error('ours');
      return false;
    },
  });
  const rejected = expect(collected).rejects.toThrow('ours');
  answers('p1');
  await rejected;
  expect(jest.getTimerCount()).toBe(0);
});

test('an answer that cannot be used is a fault of ours, and costs its own widget', async () => {
  const { collecting, answers, faults } = scene();
  const collected = collecting();
  answers('p1', { status: 'entered' } as Answer);
  answers('p2');
  expect(outcomes(await collected)).toEqual([
    ['p1', 'mediator-fault'],
    ['p2', 'fresh'],
    ['q', 'fresh'],
  ]);
  expect(faults).toEqual(['p1']);
});
