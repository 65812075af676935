import { setTimeout as delay } from 'node:timers/promises';
import type { Instruments } from '../measure/measureTurn.ts';
import type { PublicationsPlan } from '../options.ts';
import { shareDone } from './shareDone.ts';
import type { Publications } from './startPublications.ts';

/** Who sends while pages are asked for: nobody, teams that publish lists of the usual size, or one whose bodies must be refused, as many. */
export const senders = ['nobody', 'honest', 'hostile'] as const;
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
    hostile: async (forSeconds: number) => {
      const { refused, tookMs } = await sendHostile({ connections, perSecond, seconds: forSeconds });
      return shareDone(refused, perSecond, { seconds: forSeconds, tookMs });
    },
  };
  for (const sender of senders) await turn(sender, warmUpSeconds);
  const measured: HostileRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const nobody = await turn('nobody', seconds);
    // In the other order in every other round: each kind follows each other as often, since garbage is left to those after.
    if (round % 2 === 0) {
      const honest = await turn('honest', seconds);
      measured.push({ nobody, honest, hostile: await turn('hostile', seconds) });
    } else {
      const hostile = await turn('hostile', seconds);
      measured.push({ nobody, honest: await turn('honest', seconds), hostile });
    }
  }
  return measured;

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
