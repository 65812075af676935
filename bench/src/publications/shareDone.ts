/** The share of what was due at a rate, in so many seconds, that was done. Who falls behind takes longer for as many. */
export const shareDone = (
  done: number,
  perSecond: number,
  { seconds, tookMs }: { readonly seconds: number; readonly tookMs: number },
): number => done / (perSecond * Math.max(seconds, tookMs / 1_000));
