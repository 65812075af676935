import type { HungFigures } from './benchReport.ts';
import { section } from './section.ts';

/** What a hung source leaves behind. */
export function hungLines(hung: readonly HungFigures[]): string[] {
  return section(
    ['one source hung', 'seconds', 'RSS MiB', 'heap MiB', 'flat?', 'in flight, p50 (most)', 'bounded?'],
    hung.map(({ breaker, seconds, rss, heap, inFlight, isFlat, isBounded }) => [
      `breaker ${breaker}`,
      `${seconds}`,
      `${rss.beforeMiB.toFixed(0)} -> ${rss.afterMiB.toFixed(0)}`,
      `${heap.beforeMiB.toFixed(1)} -> ${heap.afterMiB.toFixed(1)}`,
      isFlat ? 'yes' : 'NO',
      `${inFlight.p50} (${inFlight.most})`,
      isBounded ? 'yes' : 'NO',
    ]),
  );
}
