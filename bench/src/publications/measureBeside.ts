import { z } from 'zod';
import { type Instruments, measureTurn } from '../measure/measureTurn.ts';
import type { PublicationsPlan } from '../options.ts';
import type { Publications } from './startPublications.ts';

/** What pages cost alone, and beside publications once what those cost alone is taken off; CPU per page in microseconds. */
export interface BesideRound {
  readonly alone: PageTurn;
  readonly beside: PageTurn;
}

interface PageTurn {
  readonly cpuPerPageUs: number;
  readonly latenciesUs: readonly number[];
}

/** Pages, publications, and both, in turn. */
export async function measureBeside(
  instruments: Instruments,
  { page, publish, first, targets }: Publications,
  { rounds, beside: { seconds, pagesPerSecond, publicationsPerSecond, warmUpSeconds } }: PublicationsPlan,
): Promise<readonly BesideRound[]> {
  const askPages = (forSeconds: number) =>
    measureTurn(instruments, page, { requestsPerSecond: pagesPerSecond, seconds: forSeconds });
  const publishAtRate = (forSeconds: number) =>
    publish({
      targets: [...targets],
      connections: 16,
      seconds: forSeconds,
      perSecond: publicationsPerSecond,
    });
  const cpuUs = async () => z.number().parse(await first.child.ask('cpuUs'));

  await Promise.all([askPages(warmUpSeconds), publishAtRate(warmUpSeconds)]);
  const measured: BesideRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { turn: alone } = await askPages(seconds);
    const before = await cpuUs();
    await publishAtRate(seconds);
    const ofPublications = (await cpuUs()) - before;
    const [{ turn: both }] = await Promise.all([askPages(seconds), publishAtRate(seconds)]);
    measured.push({
      alone: pageTurn(alone.load.latenciesUs, alone.cpuUs),
      beside: pageTurn(both.load.latenciesUs, both.cpuUs - ofPublications),
    });
  }
  return measured;
}

const pageTurn = (latenciesUs: readonly number[], cpuUs: number): PageTurn => ({
  cpuPerPageUs: cpuUs / latenciesUs.length,
  latenciesUs,
});
