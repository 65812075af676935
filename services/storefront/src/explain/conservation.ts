import type { Trace } from '@widget-mediator/contracts';

/** One part of the bar. `share` is of everything received, 0 to 1. */
export type Segment = {
  readonly kind: 'placed' | 'reserve' | 'dropped';
  /** The verdict's code when dropped, else the kind: unique within a bar. */
  readonly code: string;
  readonly count: number;
  readonly share: number;
};

/** What became of every item received. `missing` is 0 unless the mediator broke its promise to conserve items. */
export type Conservation = {
  readonly received: number;
  readonly segments: readonly Segment[];
  readonly missing: number;
};

/** Placed, in reserve, then dropped by reason, the largest first; parts without items are left out. */
export function conservation({ received, placed, reserve, dropped }: Trace['conservation']): Conservation {
  const byCode = Object.entries(dropped)
    .map(([code, count]) => ({ kind: 'dropped' as const, code, count }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  const parts = [
    { kind: 'placed' as const, code: 'placed', count: placed },
    { kind: 'reserve' as const, code: 'reserve', count: reserve },
    ...byCode,
  ];
  const accounted = parts.reduce((sum, { count }) => sum + count, 0);
  const whole = Math.max(received, accounted, 1);
  return {
    received,
    segments: parts.filter(({ count }) => count > 0).map((part) => ({ ...part, share: part.count / whole })),
    missing: received - accounted,
  };
}
