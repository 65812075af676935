import type { ProblemError } from '@widget-mediator/contracts';
import { isEverInForce, type ScopedPin } from './scopedPins.ts';

/** Pins that end before they begin. */
export function emptyTimes(pins: readonly ScopedPin[]): ProblemError[] {
  return pins
    .filter((pin) => !isEverInForce(pin))
    .map(({ pointer }) => ({
      pointer: `${pointer}/until`,
      detail: 'is not after from, so the pin is never in force: set it later, or remove the pin',
    }));
}
