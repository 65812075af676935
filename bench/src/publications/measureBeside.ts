import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Instruments } from '../measure/measureTurn.ts';
import type { PublicationsPlan } from '../options.ts';
import type { Published } from './publishing.ts';
import { shareDone } from './shareDone.ts';
import type { Elsewhere, Publications } from './startPublications.ts';

/**
 * Where publications go while pages are asked for: nowhere, to another mediator with a store of its own, or to the very
 * mediator that makes the pages. While they go to another one, as many probes of health keep the first as awake, for a
 * page costs less in a process that was not asleep. The other mediator is one more that wants the machine's cores and caches.
 */
export const publishedTo = ['nobody', 'another', 'itself'] as const;
export type PublishedTo = (typeof publishedTo)[number];

/** What pages cost in some turns, taken together. */
export interface PagesCost {
  readonly us: readonly number[];
  /** Left out of `us`: while one was made, the process turned to something else. */
  readonly mixed: number;
  readonly latenciesUs: readonly number[];
  /** The share of what was to be published that was: the rest was shed. */
  readonly published: number;
}

export type BesideBlock = Readonly<Record<PublishedTo, PagesCost>>;

/**
 * The order in which each kind has its turn: each follows each other as often, over the rounds' ends, too, since garbage is left to
 * those after. Turns are short, so that what disturbs the machine falls on all kinds of them.
 */
const roundsOfBlock: readonly (readonly PublishedTo[])[] = [
  ['nobody', 'another', 'itself'],
  ['another', 'itself', 'nobody'],
  ['itself', 'another', 'nobody'],
  ['another', 'nobody', 'itself'],
  ['nobody', 'itself', 'another'],
  ['itself', 'nobody', 'another'],
];

/** What costs next to nothing, and keeps a process as awake as publications do. */
const probe = { path: '/healthz', headers: {}, marks: [{ text: '"ok"', times: 1 }] };

const leadSeconds = 0.5;

const Watched = z.object({ us: z.array(z.number()), mixed: z.int() });

/** What the mediator's process takes for a page, from its request to the end of its answer, wherever publications go. */
export async function measureBeside(
  { generator }: Pick<Instruments, 'generator'>,
  { page, publish, first, targets }: Publications,
  { elsewhere, plan: { beside } }: { readonly elsewhere: Elsewhere; readonly plan: PublicationsPlan },
): Promise<readonly BesideBlock[]> {
  const { blocks, seconds, pagesPerSecond, publicationsPerSecond, warmUpSeconds } = beside;
  const asked = { connections: 16, perSecond: publicationsPerSecond };
  const publishing = {
    nobody: async () => 1,
    another: (forSeconds: number) =>
      share(
        elsewhere.publish({ ...asked, targets: [...elsewhere.targets], seconds: forSeconds }),
        forSeconds,
      ),
    itself: (forSeconds: number) =>
      share(publish({ ...asked, targets: [...targets], seconds: forSeconds }), forSeconds),
  };
  for (const to of publishedTo) await turn(to, warmUpSeconds);
  const measured: BesideBlock[] = [];
  for (let block = 0; block < blocks; block += 1) {
    const turns: [PublishedTo, PagesCost][] = [];
    for (const round of roundsOfBlock) {
      for (const to of round) turns.push([to, await turn(to, seconds)]);
    }
    measured.push({
      nobody: together(turns, 'nobody'),
      another: together(turns, 'another'),
      itself: together(turns, 'itself'),
    });
  }
  return measured;

  async function turn(to: PublishedTo, forSeconds: number): Promise<PagesCost> {
    const common = { server: page.name, ...page.request, seconds: forSeconds };
    const pages = { ...common, requestsPerSecond: pagesPerSecond };
    const probes = { ...common, ...probe, requestsPerSecond: publicationsPerSecond };
    let publishes: Promise<number> = Promise.resolve(1);
    const [ofPages] = await generator.run(to === 'another' ? [pages, probes] : [pages], async () => {
      // From before the first page until after the last.
      publishes = publishing[to](leadSeconds + forSeconds + leadSeconds);
      await delay(leadSeconds * 1_000);
      await first.child.ask('watchPages', '/v1/homepage');
    });
    const watched = Watched.parse(await first.child.ask('watchedPages'));
    const published = await publishes;
    if (ofPages === undefined) throw new Error('a load has no outcome');
    return { ...watched, latenciesUs: ofPages.latenciesUs, published };
  }

  async function share(publication: Promise<Published>, forSeconds: number): Promise<number> {
    const { acknowledged, tookMs } = await publication;
    return shareDone(acknowledged, publicationsPerSecond, { seconds: forSeconds, tookMs });
  }
}

function together(turns: readonly (readonly [PublishedTo, PagesCost])[], which: PublishedTo): PagesCost {
  const of = turns.filter(([to]) => to === which).map(([, cost]) => cost);
  return {
    us: of.flatMap(({ us }) => us),
    mixed: of.reduce((sum, { mixed }) => sum + mixed, 0),
    latenciesUs: of.flatMap(({ latenciesUs }) => latenciesUs),
    published: Math.min(...of.map(({ published }) => published)),
  };
}
