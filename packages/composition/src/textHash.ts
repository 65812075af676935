/** Where FNV-1a starts. */
const offsetBasis = 0x811c9dc5;

/**
 * A uint32 of a text, and of a uint32 before it if there is one: FNV-1a (RFC 9923) over the number's bytes and the
 * text's UTF-16 units, avalanched as in MurmurHash3.
 */
export function textHash(text: string, before?: number): number {
  let hash = offsetBasis;
  if (before !== undefined)
    for (let shift = 0; shift < 32; shift += 8) hash = step(hash, (before >>> shift) & 0xff);
  for (let index = 0; index < text.length; index++) hash = step(hash, text.charCodeAt(index));
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const step = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);
