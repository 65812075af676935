import { z } from 'zod';
import type { Load, LoadOutcome } from '../load/load.ts';
import type { Instruments } from '../measure/measureTurn.ts';
import type { PublicationsPlan } from '../options.ts';
import type { Publications } from './startPublications.ts';

/** Some rounds of pages alone and beside publications, taken together. CPU in microseconds. */
export interface BesideBlock {
  readonly alone: PagesCost;
  readonly beside: PagesCost;
}

/** What so many pages cost, as far as it is theirs. */
interface PagesCost {
  readonly cpuUs: number;
  readonly pages: number;
  readonly latenciesUs: readonly number[];
}

/** Turns are short, so that what disturbs the machine falls on all kinds of them; many of them together are one figure. */
const roundsOfBlock = 6;

/**
 * Pages and publications, each of them in some turns replaced by as many probes of health, which cost next to nothing: what a
 * request costs depends on how many come with it, so that in all turns there are as many.
 */
export async function measureBeside(
  { generator }: Pick<Instruments, 'generator'>,
  { page, publish, first, targets }: Publications,
  { beside }: PublicationsPlan,
): Promise<readonly BesideBlock[]> {
  const { blocks, seconds, pagesPerSecond, publicationsPerSecond, warmUpSeconds } = beside;
  const load = (
    request: Omit<Load, 'server' | 'seconds' | 'requestsPerSecond'>,
    requestsPerSecond: number,
  ) => ({
    server: page.name,
    ...request,
    requestsPerSecond,
  });
  const pages = load(page.request, pagesPerSecond);
  const probes = { ...page.request, path: '/healthz', headers: {}, marks: [{ text: '"ok"', times: 1 }] };
  const inPlaceOfPages = load(probes, pagesPerSecond);
  const inPlaceOfPublications = load(probes, publicationsPerSecond);

  await turn([pages], { isPublishing: true, forSeconds: warmUpSeconds });
  const measured: BesideBlock[] = [];
  for (let block = 0; block < blocks; block += 1) {
    const rounds: BesideBlock[] = [];
    for (let round = 0; round < roundsOfBlock; round += 1) rounds.push(await measureRound());
    measured.push({ alone: sumOf(rounds, 'alone'), beside: sumOf(rounds, 'beside') });
  }
  return measured;

  async function measureRound(): Promise<BesideBlock> {
    const neither = await turn([inPlaceOfPages, inPlaceOfPublications], { isPublishing: false });
    const alone = await turn([pages, inPlaceOfPublications], { isPublishing: false });
    const published = await turn([inPlaceOfPages], { isPublishing: true });
    const both = await turn([pages], { isPublishing: true });
    const probeUs = neither.cpuUs / (neither.answers + neither.secondAnswers);
    return {
      alone: costOfPages(alone, neither, probeUs),
      beside: costOfPages(both, published, probeUs),
    };
  }

  async function turn(
    loads: readonly Omit<Load, 'seconds'>[],
    { isPublishing, forSeconds = seconds }: { readonly isPublishing: boolean; readonly forSeconds?: number },
  ) {
    let before = 0;
    const [outcomes] = await Promise.all([
      generator.run(
        loads.map((one) => ({ ...one, seconds: forSeconds })),
        async () => {
          before = await cpuUs();
        },
      ),
      isPublishing &&
        publish({
          targets: [...targets],
          connections: 16,
          seconds: forSeconds,
          perSecond: publicationsPerSecond,
        }),
    ]);
    const { latenciesUs } = whole(outcomes[0]);
    const secondAnswers = outcomes[1]?.latenciesUs.length ?? 0;
    return { cpuUs: (await cpuUs()) - before, answers: latenciesUs.length, secondAnswers, latenciesUs };
  }

  async function cpuUs(): Promise<number> {
    return z.number().parse(await first.child.ask('cpuUs'));
  }
}

type Measured = Readonly<Record<'cpuUs' | 'answers', number>> & { readonly latenciesUs: readonly number[] };

/** Less the same turn with probes in the place of pages. */
const costOfPages = (withPages: Measured, withProbes: Measured, probeUs: number): PagesCost => ({
  cpuUs: withPages.cpuUs - withProbes.cpuUs + probeUs * withProbes.answers,
  pages: withPages.answers,
  latenciesUs: withPages.latenciesUs,
});

const sumOf = (rounds: readonly BesideBlock[], what: keyof BesideBlock): PagesCost => ({
  cpuUs: rounds.reduce((sum, round) => sum + round[what].cpuUs, 0),
  pages: rounds.reduce((sum, round) => sum + round[what].pages, 0),
  latenciesUs: rounds.flatMap((round) => round[what].latenciesUs),
});

function whole(outcome: LoadOutcome | undefined): LoadOutcome {
  if (outcome === undefined) throw new Error('a load has no outcome');
  return outcome;
}
