import { collectGarbage } from './collectGarbage.ts';

const rounds = 500;
const bytesOfOne = 8_000;

/**
 * The share of what a work makes (by `large`) that is still held after many rounds of it, with a collection of what is young
 * (a scavenge) after each, and none of what is old.
 */
export async function heldByYoung(work: (large: () => object) => Promise<void>): Promise<number> {
  let made = 0;
  const large = () => {
    made += 1;
    return Array.from({ length: bytesOfOne / 8 }, () => made + 0.5);
  };
  // What works on for long has grown old.
  for (let times = 0; times < 3; times += 1) {
    await work(large);
    collectGarbage();
  }
  made = 0;
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < rounds; round += 1) {
    await work(large);
    collectGarbage({ type: 'minor' });
  }
  return (process.memoryUsage().heapUsed - before) / (made * bytesOfOne);
}
