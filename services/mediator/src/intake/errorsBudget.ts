/** How many publications may be refused for what they hold before the widget is left alone for a while. */
export const errorsQuota = { refused: 20, windowSeconds: 10, holdSeconds: 10 } as const;

/** What publishing invalid content may cost, widget by widget; each process counts for itself, as with breakers. */
export interface ErrorsBudget {
  /** How many ms the widget is still held; undefined when it is not. */
  heldFor(widget: string): number | undefined;
  /** What became of a publication that was read: its content was well-formed, or it was refused for it. */
  count(widget: string, outcome: 'valid' | 'refused'): void;
  forget(widget: string): void;
}

interface Record {
  windowEndsAt: number;
  valid: number;
  refused: number;
  heldUntil: number;
}

const windowMs = errorsQuota.windowSeconds * 1000;
const holdMs = errorsQuota.holdSeconds * 1000;

/**
 * A widget is held once twenty publications within a window were refused and they are more than half of all in it. After
 * that it starts clean.
 *
 * @param now milliseconds, monotonic
 */
export function createErrorsBudget(now: () => number): ErrorsBudget {
  const records = new Map<string, Record>();

  return {
    heldFor(widget) {
      const { heldUntil = 0 } = records.get(widget) ?? {};
      return heldUntil > now() ? heldUntil - now() : undefined;
    },
    count(widget, outcome) {
      const at = now();
      const record = current(widget, at);
      // What was being read when the hold began says nothing new.
      if (record.heldUntil > at) return;
      record[outcome] += 1;
      if (record.refused >= errorsQuota.refused && record.refused > record.valid) {
        records.set(widget, { windowEndsAt: at + holdMs, valid: 0, refused: 0, heldUntil: at + holdMs });
      }
    },
    forget: (widget) => void records.delete(widget),
  };

  function current(widget: string, at: number): Record {
    const known = records.get(widget);
    if (known !== undefined && known.windowEndsAt > at) return known;
    const fresh = { windowEndsAt: at + windowMs, valid: 0, refused: 0, heldUntil: 0 };
    records.set(widget, fresh);
    return fresh;
  }
}
