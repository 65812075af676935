// Places in a list are kept in plain arrays: small typed arrays are made outside the heap, which takes longer than reading
// a row of the page. They are worked on in typed ones, which are shared: a loop that meets both kinds takes several times
// as long.

/** Room for so many places; what is in it is another's from the next call on. */
export function createPlacesRoom(): (places: number) => Int32Array {
  let room = new Int32Array(0);
  return (places) => {
    if (room.length < places) room = new Int32Array(2 * places);
    return room;
  };
}

/** A copy of the first places, to be kept. */
export function firstOf(places: Int32Array, count: number): number[] {
  const first = new Array<number>(count);
  for (let at = 0; at < count; at++) first[at] = places[at] ?? 0;
  return first;
}

const roomFor = createPlacesRoom();

/** A copy to work on, until the next one is made: as many entries as there are places. */
export function typed(places: readonly number[]): Int32Array {
  const room = roomFor(places.length);
  for (let at = 0; at < places.length; at++) room[at] = places[at] ?? 0;
  return room;
}
