import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late the event loop comes to what is due. */
export interface DelaySource {
  /** The mean delay since it was last read, in milliseconds. */
  readMs(): number;
  stop(): void;
}

const resolutionMs = 10;

/**
 * Measured by one histogram (perf_hooks). The mean, not the worst: one long turn, such as a large body or a collection of
 * garbage, is no overload; turns that are long one after the other are.
 */
export function measureEventLoopDelay(): DelaySource {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  return {
    readMs() {
      const meanMs = histogram.mean / 1e6;
      histogram.reset();
      return Number.isNaN(meanMs) ? 0 : Math.max(0, meanMs - resolutionMs);
    },
    stop: () => void histogram.disable(),
  };
}
