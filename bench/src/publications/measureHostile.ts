import { setTimeout as delay } from 'node:timers/promises';
import type { Instruments } from '../measure/measureTurn.ts';
import type { PublicationsPlan } from '../options.ts';
import type { HostileTo } from './ownWidgets.ts';
import { shareDone } from './shareDone.ts';
import type { Publications } from './startPublications.ts';

/**
 * Who sends while pages are asked for: nobody; teams that publish lists of the usual size; one whose bodies must be refused, as
 * many, under the budgets that every widget has; the same to a widget whose budgets refuse nothing.
 */
export const senders = ['nobody', 'honest', 'hostile', 'unbudgeted'] as const;
export type Sender = (typeof senders)[number];

/** How long pages took in one turn. */
export interface PagesTook {
  readonly latenciesUs: readonly number[];
  /** The share of what was to be sent that was taken, or refused as it must be: the rest was shed or late. */
  readonly sent: number;
}

export type HostileRound = Readonly<Record<Sender, PagesTook>>;

const leadSeconds = 0.5;
const connections = 16;

/** How long pages take at the client, from when they were due, whatever bodies come in. */
export async function measureHostile(
  { generator }: Pick<Instruments, 'generator'>,
  { page, publish, sendHostile, targets }: Publications,
  { hostile: plan }: Pick<PublicationsPlan, 'hostile'>,
): Promise<readonly HostileRound[]> {
  const { rounds, seconds, pagesPerSecond, bodiesPerSecond: perSecond, warmUpSeconds } = plan;
  const sending = {
    nobody: async () => 1,
    honest: async (forSeconds: number) => {
      const asked = { targets: [...targets], connections, perSecond, seconds: forSeconds };
      const { acknowledged, tookMs } = await publish(asked);
      return shareDone(acknowledged, perSecond, { seconds: forSeconds, tookMs });
    },
    hostile: (forSeconds: number) => hostile('hostile', forSeconds),
    unbudgeted: (forSeconds: number) => hostile('unbudgeted', forSeconds),
  };
  for (const sender of senders) await turn(sender, warmUpSeconds);
  const measured: HostileRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const turns: [Sender, PagesTook][] = [];
    // In the other order in every other round, since garbage is left to those after: none always follows the same.
    for (const sender of round % 2 === 0 ? senders : senders.toReversed())
      turns.push([sender, await turn(sender, seconds)]);
    measured.push(Object.fromEntries(turns) as HostileRound);
  }
  return measured;

  async function hostile(to: HostileTo, forSeconds: number): Promise<number> {
    const { refused, tookMs } = await sendHostile(to, { connections, perSecond, seconds: forSeconds });
    return shareDone(refused, perSecond, { seconds: forSeconds, tookMs });
  }

  async function turn(sender: Sender, forSeconds: number): Promise<PagesTook> {
    const pages = {
      server: page.name,
      ...page.request,
      requestsPerSecond: pagesPerSecond,
      seconds: forSeconds,
    };
    let sends: Promise<number> = Promise.resolve(1);
    const [ofPages] = await generator.run([pages], async () => {
      // From before the first page until after the last.
      sends = sending[sender](leadSeconds + forSeconds + leadSeconds);
      // What went wrong is told below, once the pages are there.
      sends.catch(() => {});
      await delay(leadSeconds * 1_000);
    });
    const sent = await sends;
    if (ofPages === undefined) throw new Error('a load has no outcome');
    return { latenciesUs: ofPages.latenciesUs, sent };
  }
}
