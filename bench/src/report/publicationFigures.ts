import { intervalOf } from '../measure/interval.ts';
import { percentile } from '../measure/percentile.ts';
import { spreadOf } from '../measure/spread.ts';
import type { PublicationsPlan } from '../options.ts';
import type { AdmissionRound } from '../publications/measureAdmission.ts';
import {
  type BesideBlock,
  type PagesCost,
  type PublishedTo,
  publishedTo,
} from '../publications/measureBeside.ts';
import type { HostileRound } from '../publications/measureHostile.ts';
import type { StoredFound } from '../publications/measureStored.ts';
import type { UsersFound } from '../publications/measureUsers.ts';
import type { PublicationFigures } from './benchReport.ts';
import { hostileFigures, metHostile } from './hostileFigures.ts';
import { surelyWithin } from './surelyWithin.ts';

export interface PublicationsFound {
  readonly stored: StoredFound;
  readonly users: UsersFound;
  readonly admission: readonly AdmissionRound[];
  readonly inLines: readonly AdmissionRound[];
  readonly visibleUs: readonly number[];
  readonly beside: readonly BesideBlock[];
  readonly hostile: readonly HostileRound[];
}

/** From design.md, section 8, and the publication issue: what must be reached, and what we aim at. */
const targets = {
  perSecondAndCore: { atLeast: 1_500, aim: 2_500 },
  visibleP99Ms: 2_000,
  bytesPerList: 16 * 1_024,
  usersBytes: 64 * 1_024 * 1_024,
  besideRatio: { least: 0.95, most: 1.05 },
} as const;

/** The figures of publishing, and whether each target is met. */
export function publicationFigures(
  { stored, users, admission, inLines, visibleUs, beside, hostile }: PublicationsFound,
  {
    beside: { publicationsPerSecond },
    hostile: { bodiesPerSecond },
  }: Pick<PublicationsPlan, 'beside' | 'hostile'>,
): PublicationFigures {
  const perSecondAndCore = perSecondAndCoreOf(admission);
  const inLinesPerSecondAndCore = perSecondAndCoreOf(inLines);
  const visible = latenciesOf(visibleUs);
  const ratioTo = (than: PublishedTo) =>
    intervalOf(beside.map((block) => meanUs(block.itself) / meanUs(block[than])));
  const ratio = ratioTo('another');
  const ratioToQuiet = ratioTo('nobody');
  const costs = beside.flatMap((block) => publishedTo.map((to) => block[to]));
  const leftOut = Math.max(...publishedTo.map((to) => shareLeftOut(beside.map((block) => block[to]))));
  const published = Math.min(...costs.map((cost) => cost.published));
  const counts = leftOut <= mostLeftOut && published >= leastPublished;
  const besideHostile = hostileFigures(hostile, bodiesPerSecond);
  return {
    perSecondAndCore,
    inLinesPerSecondAndCore,
    perSecond: spreadOf(admission.map(({ acknowledged, tookMs }) => acknowledged / (tookMs / 1_000))),
    redisShare: spreadOf(admission.map(({ redisCpuUs, mediatorCpuUs }) => redisCpuUs / mediatorCpuUs)),
    acknowledged: latenciesOf(admission.flatMap(({ latenciesUs }) => latenciesUs)),
    visible,
    stored,
    users: usersFigures(users),
    beside: {
      publicationsPerSecond,
      ratio,
      ratioToQuiet,
      pageUs: spreadOf(beside.map((block) => meanUs(block.itself))),
      leftOut,
      published,
      p99Ms: {
        nobody: p99MsOf(beside, 'nobody'),
        another: p99MsOf(beside, 'another'),
        itself: p99MsOf(beside, 'itself'),
      },
    },
    hostile: besideHostile,
    met: {
      perSecondAndCore: atLeast(perSecondAndCore.median, targets.perSecondAndCore),
      inLinesPerSecondAndCore: atLeast(inLinesPerSecondAndCore.median, targets.perSecondAndCore),
      visible: atMost(visible.p99Ms, targets.visibleP99Ms),
      bytesPerList: atMost(Math.max(stored.bytesPerReady, stored.bytesPerWaiting), targets.bytesPerList),
      users:
        users.shown >= leastShown * users.latenciesUs.length
          ? atMost(users.heldBytes, targets.usersBytes)
          : 'no',
      beside: counts ? surelyWithin([ratio, ratioToQuiet], targets.besideRatio) : 'no',
      hostile: metHostile(besideHostile),
    },
  };
}

/** Of pages whose users have content of their own. */
const leastShown = 0.99;

const usersFigures = ({ latenciesUs, ...found }: UsersFound): PublicationFigures['users'] => ({
  ...found,
  made: latenciesUs.length,
  pages: latenciesOf(latenciesUs),
});

/** Of pages that are not in the figure: with more of them it would not be one of pages. */
const mostLeftOut = 0.01;

/** Of what was to be published in a turn: with less it would not be one of pages beside so many. */
const leastPublished = 0.97;

/** All of them: pages that pay for what a publication left to do must not be lost among those that do not. */
const meanUs = ({ us }: PagesCost): number => us.reduce((sum, one) => sum + one, 0) / us.length;

function shareLeftOut(costs: readonly PagesCost[]): number {
  const mixed = costs.reduce((sum, cost) => sum + cost.mixed, 0);
  return mixed / costs.reduce((sum, { us }) => sum + us.length, mixed);
}

const p99MsOf = (blocks: readonly BesideBlock[], to: PublishedTo): number =>
  percentile(
    blocks.flatMap((block) => block[to].latenciesUs),
    0.99,
  ) / 1_000;

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
