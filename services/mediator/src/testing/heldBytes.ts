import { collectGarbage } from './collectGarbage.ts';

/** Bytes that this process holds once all garbage is collected, buffers included. What the system has given it says less. */
export function heldBytes(): number {
  collectGarbage();
  // Memory of buffers is let go of by the collection after that of the buffers.
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
