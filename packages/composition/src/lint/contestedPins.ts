import type { ProblemError } from '@widget-mediator/contracts';
import { isEverInForce, type ScopedPin } from './scopedPins.ts';

/** Pins of one `group` contest each other when their `rival`s differ. */
interface Contest {
  readonly group: (pin: ScopedPin) => string | number;
  readonly rival: (pin: ScopedPin) => string | number;
  readonly detail: (met: ScopedPin) => string;
}

const advice = 'part their times or their segments, or remove one';

const contests: readonly Contest[] = [
  {
    group: ({ placement }) => placement,
    rival: ({ widget }) => widget,
    detail: ({ pointer, widget }) =>
      `is in force together with ${pointer}, which promises the placement to ${widget}: ${advice}`,
  },
  {
    group: ({ widget }) => widget,
    rival: ({ placement }) => placement,
    detail: ({ pointer }) =>
      `is in force together with ${pointer}, which promises the same widget another placement: ${advice}`,
  },
];

/**
 * Pins that cannot both be honoured: of one placement for different widgets, or of one widget in different placements,
 * at overlapping times, for the same segment or with one of them for everyone. Pins for different segments are left
 * alone, though a viewer may be in both: then the first in the list is honoured, and that order is the editor's say. A
 * pin is named once, with one that was in force before it.
 */
export function contestedPins(pins: readonly ScopedPin[]): ProblemError[] {
  return contests.flatMap((contest) => {
    const meetings = meetingsOf(pins, contest);
    return pins.flatMap((pin) => {
      const met = meetings.get(pin);
      return met === undefined ? [] : [{ pointer: pin.pointer, detail: contest.detail(met) }];
    });
  });
}

/** Sweeps over the pins by their beginning: one look per pin and segment, not one per pair of pins. */
function meetingsOf(pins: readonly ScopedPin[], { group, rival }: Contest): Map<ScopedPin, ScopedPin> {
  const meetings = new Map<ScopedPin, ScopedPin>();
  const groups = new Map<string | number, Map<string, Lasting>>();
  for (const pin of pins.filter(isEverInForce).sort(byBeginning)) {
    const lasting = groups.get(group(pin)) ?? new Map<string, Lasting>();
    groups.set(group(pin), lasting);
    const own = pin.segments === undefined ? [everyone] : [...pin.segments];
    const toMeet = pin.segments === undefined ? [anyone] : [...own, everyone];
    for (const audience of toMeet) {
      const met = rivalIn(lasting.get(audience), rival(pin), rival);
      if (met !== undefined && met.untilMs > pin.fromMs) meetings.set(pin, met);
    }
    for (const audience of [...own, anyone]) {
      lasting.set(audience, withPin(lasting.get(audience), pin, rival));
    }
  }
  return meetings;
}

/** No segment is called so. */
const everyone = '(everyone)';
const anyone = '(anyone)';

const byBeginning = (a: ScopedPin, b: ScopedPin): number =>
  a.fromMs < b.fromMs ? -1 : a.fromMs > b.fromMs ? 1 : 0;

/** Of the pins so far, the one that lasts longest, and the one that does among the rivals of that. */
interface Lasting {
  readonly longest: ScopedPin;
  readonly other: ScopedPin | undefined;
}

function rivalIn(
  lasting: Lasting | undefined,
  own: string | number,
  rival: Contest['rival'],
): ScopedPin | undefined {
  return lasting !== undefined && rival(lasting.longest) === own ? lasting.other : lasting?.longest;
}

function withPin(lasting: Lasting | undefined, pin: ScopedPin, rival: Contest['rival']): Lasting {
  if (lasting === undefined) return { longest: pin, other: undefined };
  const { longest, other } = lasting;
  const isRival = rival(pin) !== rival(longest);
  if (pin.untilMs > longest.untilMs) return { longest: pin, other: isRival ? longest : other };
  return isRival && (other === undefined || pin.untilMs > other.untilMs) ? { longest, other: pin } : lasting;
}
