/** The list, beginning one further in each round: in as many rounds as it is long, each is once in each place. */
export function rotated<Value>(list: readonly Value[], round: number): readonly Value[] {
  const from = list.length === 0 ? 0 : round % list.length;
  return [...list.slice(from), ...list.slice(0, from)];
}
