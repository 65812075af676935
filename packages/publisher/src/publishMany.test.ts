import type { PublicationInput, Receipt } from '@widget-mediator/contracts';
import { MediatorUnreachable } from './mediatorUnreachable.ts';
import { PublisherProblem } from './publisherProblem.ts';
import { type PublishManyOptions, type PublishProgress, publishEach } from './publishMany.ts';

const publication = (version: number): PublicationInput => ({ version, items: [] });
const line = (version: number) => ({ widget: `widget-${version}`, ...publication(version) });
const lines = (count: number) => Array.from({ length: count }, (_, n) => line(n + 1));
const receiptOf = (widget: string, { version }: PublicationInput): Receipt => ({
  widget,
  version,
  audience: { type: 'everyone' },
  digest: 'd',
  stored: true,
  received: 0,
  kept: 0,
  verdicts: [],
  warnings: [],
});
const refused = new PublisherProblem(422, undefined);

describe('publishEach', () => {
  it('gives one outcome each, in their order, and keeps no other from being stored', async () => {
    const { outcomes } = await published(lines(4), {}, (version) => {
      if (version === 2) throw refused;
    });
    expect(outcomes).toMatchObject([
      { index: 0, widget: 'widget-1', ok: true, receipt: { version: 1 } },
      { index: 1, widget: 'widget-2', ok: false, error: refused },
      { index: 2, ok: true },
      { index: 3, ok: true },
    ]);
  });

  it('sends the publication without the name of its widget', async () => {
    const { sent } = await published([line(1)]);
    expect(sent).toEqual([{ widget: 'widget-1', publication: publication(1) }]);
  });

  it('tells how far it has come, one by one', async () => {
    const told: PublishProgress[] = [];
    const onProgress = (progress: PublishProgress) => told.push(progress);
    await published(lines(3), { onProgress, concurrency: 1 }, (version) => {
      if (version === 2) throw refused;
    });
    expect(told.map(({ published, failed, latest }) => [published, failed, latest.index])).toEqual([
      [1, 0, 0],
      [1, 1, 1],
      [2, 1, 2],
    ]);
  });

  it('has no more on their way at once than it may, and reads no faster', async () => {
    let inFlight = 0;
    let most = 0;
    let read = 0;
    let done = 0;
    let furthestAhead = 0;
    async function* source() {
      for (const each of lines(30)) {
        read += 1;
        furthestAhead = Math.max(furthestAhead, read - done);
        yield each;
      }
    }
    await published(source(), { concurrency: 3 }, async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise(setImmediate);
      inFlight -= 1;
      done += 1;
    });
    expect([most, done]).toEqual([3, 30]);
    expect(furthestAhead).toBeLessThanOrEqual(4);
  });

  it('does not try the rest once the mediator stayed away for as long as it may', async () => {
    const away = new MediatorUnreachable('gone');
    const { outcomes, sent } = await published(lines(50), { concurrency: 2 }, () => {
      throw away;
    });
    expect(sent.length).toBeLessThanOrEqual(2);
    expect(outcomes).toHaveLength(50);
    expect(outcomes.every((outcome) => !outcome.ok && outcome.error === away)).toBe(true);
  });

  it('goes on with others when the rate of one widget is spent', async () => {
    const { outcomes } = await published(lines(5), {}, (version) => {
      if (version === 1) throw new PublisherProblem(429, undefined);
    });
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, true, true, true, true]);
  });

  it('stops with the reason when it is told to', async () => {
    const stop = new AbortController();
    const { sent, promise } = publishing(lines(50), { signal: stop.signal, concurrency: 2 }, (version) => {
      if (version === 4) stop.abort(new Error('enough'));
    });
    await expect(promise).rejects.toThrow('enough');
    expect(sent.length).toBeLessThan(8);
  });

  it('throws what reading the publications throws', async () => {
    async function* broken() {
      yield line(1);
      throw new Error('the file ends');
    }
    await expect(published(broken())).rejects.toThrow('the file ends');
  });

  it('makes nothing of nothing', async () => {
    expect((await published([])).outcomes).toEqual([]);
  });
});

type Lines = Parameters<typeof publishEach>[1];

function publishing(
  publications: Lines,
  options: PublishManyOptions,
  answer: (version: number) => void | Promise<void>,
) {
  const sent: { widget: string; publication: PublicationInput }[] = [];
  const promise = publishEach(
    async (widget, one) => {
      sent.push({ widget, publication: one });
      await answer(one.version);
      return receiptOf(widget, one);
    },
    publications,
    options,
  );
  return { sent, promise };
}

async function published(
  publications: Lines,
  options: PublishManyOptions = {},
  answer: (version: number) => void | Promise<void> = () => {},
) {
  const { sent, promise } = publishing(publications, options, answer);
  return { outcomes: await promise, sent };
}
