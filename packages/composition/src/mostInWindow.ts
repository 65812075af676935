/**
 * The largest sum over `window` placements that follow one another and have the placement `at` among them, of a page of
 * `length` placements. Sums are of non-negative counts; takes time in proportion to the window.
 */
export function mostInWindow(
  { at, window, length }: { readonly at: number; readonly window: number; readonly length: number },
  countOf: (placement: number) => number,
): number {
  const first = Math.max(0, at - window + 1);
  let sum = 0;
  for (let placement = first; placement < Math.min(length, first + window); placement++)
    sum += countOf(placement);
  let most = sum;
  for (let from = first + 1; from <= at && from + window <= length; from++) {
    sum += countOf(from + window - 1) - countOf(from - 1);
    if (sum > most) most = sum;
  }
  return most;
}
