/** How long something of a size took. */
export interface Timing {
  readonly size: number;
  readonly us: number;
}

/**
 * The exponent e of the power law us = c × size^e that fits best: the slope of a least-squares line through the
 * logarithms. 1 is linear, 2 quadratic. NaN of fewer than two sizes.
 */
export function growthExponent(timings: readonly Timing[]): number {
  const points = timings.map(({ size, us }) => ({ x: Math.log(size), y: Math.log(us) }));
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = meanOf(points.map((point) => point.x));
  const y = meanOf(points.map((point) => point.y));
  const covariance = meanOf(points.map((point) => (point.x - x) * (point.y - y)));
  return covariance / meanOf(points.map((point) => (point.x - x) ** 2));
}
