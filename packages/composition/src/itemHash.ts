/**
 * 32 bits for an item key, to tell in little room whether a page above showed it: FNV-1a (RFC 9923), avalanched as in
 * MurmurHash3. Of 200 keys, one in 20 million others is taken for one of them by mistake.
 */
export function itemHash(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
