import type { DelaySource } from './eventLoopDelay.ts';

/** What is refused, from nothing on: first publishing, then pages beyond what can still be made. */
export const loadLevels = ['calm', 'publishing-shed', 'pages-shed'] as const;
export type LoadLevel = (typeof loadLevels)[number];

/** What this process can still take. */
export interface LoadWatch {
  level(): LoadLevel;
  /** Whether publications are refused, so that pages go on. */
  shedsPublishing(): boolean;
  /** Room for one page until it is left; undefined when there is none. */
  enterPage(): (() => void) | undefined;
  start(): void;
  stop(): void;
}

export interface LoadLimits {
  /** Mean delays of the event loop from which on publications and pages are shed; pages never before publications. */
  readonly publishingDelayMs: number;
  readonly pagesDelayMs: number;
  /** Publications are refused when half as many are being made. */
  readonly pagesAtOnce: number;
}

/** A level is left when the delay is below this share of what it was entered at, so that it does not flicker. */
const calmShare = 0.5;

const readEveryMs = 500;

/** While pages are shed so many are made all the same: what others are given instead stays fresh. */
const pagesWhileShed = 4;

/** Looks at the delay of the event loop twice a second, acts when it is long twice running, and counts the pages that are being made. */
export function watchLoad(delays: DelaySource, limits: LoadLimits): LoadWatch {
  const enterAtMs = {
    'publishing-shed': limits.publishingDelayMs,
    'pages-shed': Math.max(limits.pagesDelayMs, limits.publishingDelayMs),
  };
  let byDelay: LoadLevel = 'calm';
  let lastReadMs = 0;
  let pages = 0;
  let timer: NodeJS.Timeout | undefined;
  const leavePage = (): void => {
    pages -= 1;
  };

  return {
    level,
    shedsPublishing: () => level() !== 'calm',
    enterPage() {
      if (
        pages >=
        (byDelay === 'pages-shed' ? Math.min(pagesWhileShed, limits.pagesAtOnce) : limits.pagesAtOnce)
      )
        return undefined;
      pages += 1;
      return leavePage;
    },
    start() {
      timer = setInterval(read, readEveryMs);
      timer.unref();
    },
    stop() {
      clearInterval(timer);
      delays.stop();
    },
  };

  function level(): LoadLevel {
    if (byDelay === 'pages-shed' || pages >= limits.pagesAtOnce) return 'pages-shed';
    return pages >= limits.pagesAtOnce / 2 ? 'publishing-shed' : byDelay;
  }

  function read(): void {
    const readMs = delays.readMs();
    // A process that was stopped for a while, or a machine that was, is late once and not overloaded.
    const delayMs = Math.min(readMs, lastReadMs);
    lastReadMs = readMs;
    if (isAt('pages-shed', delayMs)) byDelay = 'pages-shed';
    else byDelay = isAt('publishing-shed', delayMs) ? 'publishing-shed' : 'calm';
  }

  /** Whether a level is entered, or not yet left. */
  function isAt(one: Exclude<LoadLevel, 'calm'>, delayMs: number): boolean {
    const isThere = loadLevels.indexOf(byDelay) >= loadLevels.indexOf(one);
    return delayMs >= enterAtMs[one] * (isThere ? calmShare : 1);
  }
}
