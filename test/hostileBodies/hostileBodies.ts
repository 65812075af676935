import { seededRandom } from '../neverLost/seededRandom.ts';
import { brokenPackings } from './families/brokenPackings.ts';
import { depths } from './families/depths.ts';
import { duplicateKeys } from './families/duplicateKeys.ts';
import { encodings } from './families/encodings.ts';
import { forbiddenKeys } from './families/forbiddenKeys.ts';
import { hostileYaml } from './families/hostileYaml.ts';
import { malformedJson } from './families/malformedJson.ts';
import { mediaTypes } from './families/mediaTypes.ts';
import { naughtyStrings } from './families/naughtyStrings.ts';
import { numbers } from './families/numbers.ts';
import { oversize } from './families/oversize.ts';
import { wrongTypes } from './families/wrongTypes.ts';
import type { HostileBody } from './hostileBody.ts';

/** Every family, by its name. The same seed makes the same bodies. */
export function hostileBodies(seed: number): ReadonlyMap<string, readonly HostileBody[]> {
  const random = seededRandom(seed);
  return new Map([
    ['malformed JSON', malformedJson(random)],
    ['other encodings', encodings(random)],
    ['depth', depths()],
    ['huge and broken numbers', numbers()],
    ['duplicate keys', duplicateKeys()],
    ['keys that reach prototypes', forbiddenKeys()],
    ['wrong types at each path', wrongTypes(random)],
    ['more than there may be', oversize()],
    ['naughty strings', naughtyStrings(random)],
    ['wrong media types', mediaTypes()],
    ['YAML', hostileYaml()],
    ['broken packings', brokenPackings(random)],
  ]);
}
