import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { SeededRandom } from '../../neverLost/seededRandom.ts';
import { honest } from '../honestDocuments.ts';
import { type HostileBody, hostile } from '../hostileBody.ts';

const packings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

/** Bodies that cannot be unpacked as `Content-Encoding` says. */
export function brokenPackings(random: SeededRandom): HostileBody[] {
  return Object.entries(packings).flatMap(([encoding, pack]) => {
    const whole = pack(honest('publication'));
    const broken = (name: string, bytes: Buffer) =>
      hostile('malformed-encoding', bytes, {
        name: `${encoding} ${name}`,
        headers: { 'Content-Encoding': encoding },
      });
    const cuts = new Set([
      whole.length - 1,
      3,
      ...Array.from({ length: 6 }, () => 3 + random.below(whole.length - 4)),
    ]);
    return [
      ...[...cuts].map((at) => broken(`cut off after ${at} bytes`, whole.subarray(0, at))),
      broken('that is plain JSON', Buffer.from(honest('publication'))),
      broken('that is noise', Buffer.from(Array.from({ length: 64 }, () => 128 + random.below(128)))),
      ...(encoding === 'br' ? [] : [broken('with a wrong checksum', withoutChecksum(whole))]),
    ];
  });
}

function withoutChecksum(whole: Buffer): Buffer {
  const wrong = Buffer.from(whole);
  for (let at = whole.length - 8; at < whole.length - 4; at += 1) wrong[at] = ~(whole[at] ?? 0) & 0xff;
  return wrong;
}
