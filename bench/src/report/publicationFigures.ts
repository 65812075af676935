import { percentile } from '../measure/percentile.ts';
import { spreadOf } from '../measure/spread.ts';
import type { PublicationsPlan } from '../options.ts';
import type { AdmissionRound } from '../publications/measureAdmission.ts';
import type { BesideBlock } from '../publications/measureBeside.ts';
import type { StoredFound } from '../publications/measureStored.ts';
import type { PublicationFigures } from './benchReport.ts';

export interface PublicationsFound {
  readonly stored: StoredFound;
  readonly admission: readonly AdmissionRound[];
  readonly inLines: readonly AdmissionRound[];
  readonly visibleUs: readonly number[];
  readonly beside: readonly BesideBlock[];
}

/** From design.md, section 8, and the publication issue: what must be reached, and what we aim at. */
const targets = {
  perSecondAndCore: { atLeast: 1_500, aim: 2_500 },
  visibleP99Ms: 2_000,
  bytesPerList: 16 * 1_024,
  besideDeviation: 0.05,
} as const;

/** The figures of publishing, and whether each target is met. */
export function publicationFigures(
  { stored, admission, inLines, visibleUs, beside }: PublicationsFound,
  { beside: { publicationsPerSecond } }: PublicationsPlan,
): PublicationFigures {
  const perSecondAndCore = perSecondAndCoreOf(admission);
  const inLinesPerSecondAndCore = perSecondAndCoreOf(inLines);
  const visible = latenciesOf(visibleUs);
  const ratio = spreadOf(beside.map((block) => perPage(block.beside) / perPage(block.alone)));
  const pageP99Ms = (what: keyof BesideBlock) =>
    percentile(
      beside.flatMap((block) => block[what].latenciesUs),
      0.99,
    ) / 1_000;
  return {
    perSecondAndCore,
    inLinesPerSecondAndCore,
    perSecond: spreadOf(admission.map(({ acknowledged, tookMs }) => acknowledged / (tookMs / 1_000))),
    redisShare: spreadOf(admission.map(({ redisCpuUs, mediatorCpuUs }) => redisCpuUs / mediatorCpuUs)),
    acknowledged: latenciesOf(admission.flatMap(({ latenciesUs }) => latenciesUs)),
    visible,
    stored,
    beside: {
      publicationsPerSecond,
      ratio,
      alone: spreadOf(beside.map((block) => perPage(block.alone))),
      aloneP99Ms: pageP99Ms('alone'),
      besideP99Ms: pageP99Ms('beside'),
    },
    met: {
      perSecondAndCore: atLeast(perSecondAndCore.median, targets.perSecondAndCore),
      inLinesPerSecondAndCore: atLeast(inLinesPerSecondAndCore.median, targets.perSecondAndCore),
      visible: atMost(visible.p99Ms, targets.visibleP99Ms),
      bytesPerList: atMost(Math.max(stored.bytesPerReady, stored.bytesPerWaiting), targets.bytesPerList),
      // Much less is no merit: then what was taken off for the publications says nothing.
      beside: atMost(Math.abs(ratio.median - 1), targets.besideDeviation),
    },
  };
}

const perPage = ({ cpuUs, pages }: BesideBlock['alone']): number => cpuUs / pages;

const perSecondAndCoreOf = (rounds: readonly AdmissionRound[]) =>
  spreadOf(rounds.map(({ acknowledged, mediatorCpuUs }) => acknowledged / (mediatorCpuUs / 1e6)));

const latenciesOf = (latenciesUs: readonly number[]) => ({
  p50Ms: percentile(latenciesUs, 0.5) / 1_000,
  p95Ms: percentile(latenciesUs, 0.95) / 1_000,
  p99Ms: percentile(latenciesUs, 0.99) / 1_000,
});

function atLeast(value: number, target: { readonly atLeast: number; readonly aim: number }) {
  if (value >= target.aim) return 'aim';
  return value >= target.atLeast ? 'yes' : 'no';
}

const atMost = (value: number, limit: number) => (value <= limit ? 'yes' : 'no');
