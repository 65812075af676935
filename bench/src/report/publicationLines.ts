import type { PublicationFigures } from './benchReport.ts';
import { saysMet, saysMetSurely, section } from './section.ts';
import { withInterval } from './withInterval.ts';

/** What publishing costs, and what it does to pages. */
export function publicationLines(figures: readonly PublicationFigures[]): string[] {
  return section(
    ['publications of 30 items', 'measured', 'target', 'met?'],
    figures.flatMap(
      ({
        perSecondAndCore,
        inLinesPerSecondAndCore,
        perSecond,
        redisShare,
        acknowledged,
        visible,
        stored,
        users,
        beside: { p99Ms, ...beside },
        met,
      }) => [
        [
          'durable, one by one, per second and core',
          whole(perSecondAndCore.median),
          '1500, aim 2500',
          saysMet(met.perSecondAndCore),
        ],
        [
          'durable, in lines, per second and core',
          whole(inLinesPerSecondAndCore.median),
          '1500, aim 2500',
          saysMet(met.inLinesPerSecondAndCore),
        ],
        ['  per second, one by one, all processes on this machine', whole(perSecond.median), '', '-'],
        ["  Redis's CPU to the mediator's", redisShare.median.toFixed(2), '', '-'],
        ['acknowledged, p50 / p99 ms', pair(acknowledged), '', '-'],
        ['on another mediator’s page, p50 / p99 ms', pair(visible), 'p99 2000', saysMet(met.visible)],
        [
          'held of one list, ready / not shown yet, KiB',
          `${(stored.bytesPerReady / 1_024).toFixed(1)} / ${(stored.bytesPerWaiting / 1_024).toFixed(1)}`,
          '16',
          saysMet(met.bytesPerList),
        ],
        [
          `start with ${stored.registered} widgets, ${stored.published} lists, s`,
          (stored.startMs / 1_000).toFixed(1),
          '',
          '-',
        ],
        [
          `held after ${users.made} of ${users.users} single users, MiB`,
          (users.heldBytes / 2 ** 20).toFixed(1),
          '64',
          saysMet(met.users),
        ],
        ['  their pages, p50 / p99 ms', pair(users.pages), '', '-'],
        ['  of these showed what is their own', `${users.shown}`, '99 %', '-'],
        ['  Redis, KiB a user', (users.redisBytesPerUser / 1_024).toFixed(1), '', '-'],
        [
          `page’s CPU beside ${beside.publicationsPerSecond}/s, to the same elsewhere`,
          withInterval(beside.ratio),
          '1.05',
          saysMetSurely(met.beside),
        ],
        ['  to nothing published (both have to)', withInterval(beside.ratioToQuiet), '1.05', '-'],
        [
          '  p99 ms of pages: nothing, elsewhere, here',
          [p99Ms.nobody, p99Ms.another, p99Ms.itself].map((ms) => ms.toFixed(1)).join(' / '),
          '',
          '-',
        ],
      ],
    ),
  );
}

const whole = (value: number): string => value.toFixed(0);
const pair = ({ p50Ms, p99Ms }: { readonly p50Ms: number; readonly p99Ms: number }): string =>
  `${p50Ms.toFixed(1)} / ${p99Ms.toFixed(1)}`;
