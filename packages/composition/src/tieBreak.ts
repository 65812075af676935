/** A uint32 that orders equals: FNV-1a over the seed's bytes and the widget's id, avalanched as in MurmurHash3. */
export function tieBreakOf(seed: number, widget: string): number {
  let hash = 0x811c9dc5;
  for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((seed >>> shift) & 0xff), 0x01000193);
  for (let index = 0; index < widget.length; index++) {
    hash = Math.imul(hash ^ widget.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
