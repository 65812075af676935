import type { SeededRandom } from '../../neverLost/seededRandom.ts';
import { withValue } from '../honestDocuments.ts';
import { type HostileBody, hostile, marker, type Reader } from '../hostileBody.ts';

const samples = {
  null: null,
  boolean: true,
  number: 7,
  text: marker,
  list: [marker],
  object: { a: marker },
} as const;
type Kind = keyof typeof samples;

const kinds = ['null', 'boolean', 'number', 'text', 'list', 'object'] as const satisfies readonly Kind[];

/** Every path, with the samples that it takes; all others are wrong there. */
const paths: Readonly<Record<Reader, Readonly<Record<string, readonly Kind[]>>>> = {
  publication: {
    '': [],
    '/version': ['number'],
    '/title': ['text'],
    '/audience': [],
    '/audience/type': [],
    '/generatedAt': [],
    '/validFrom': [],
    '/expiresAt': [],
    '/items': [],
    '/items/0': [],
    '/items/1/id': ['text'],
    '/items/2/title': ['text'],
    '/items/0/url': [],
    '/items/1/image': [],
    '/items/2/score': ['number'],
    '/items/0/parent': ['text'],
    '/items/1/creator': ['text'],
    '/items/2/brand': ['text'],
    '/items/0/sponsored': ['boolean'],
    '/items/1/attributes': ['object'],
    '/items/2/attributes/genre': ['boolean', 'number', 'text'],
  },
  manifest: {
    '': [],
    '/apiVersion': [],
    '/kind': [],
    '/metadata': [],
    '/metadata/id': [],
    '/metadata/owner': ['text'],
    '/metadata/title': ['text'],
    '/metadata/contact': ['text'],
    '/spec': [],
    '/spec/itemType': ['text'],
    '/spec/delivery': [],
    '/spec/delivery/mode': [],
    '/spec/delivery/ttlMs': [],
    '/spec/fallback': [],
    '/spec/fallback/items': [],
    '/spec/fallback/items/0': [],
    '/spec/eligibility/locales': [],
    '/spec/eligibility/devices': [],
    '/spec/eligibility/segments': ['list'],
    '/spec/eligibility/maturity': ['number'],
    '/spec/budget/latencyMs': ['number'],
    '/spec/budget/mode': [],
    '/spec/minItems': ['number'],
    '/spec/maxItems': ['number'],
    '/spec/placements': ['list'],
    '/spec/dedupe/key': [],
    '/spec/dedupe/yields': ['boolean'],
    '/spec/lifecycle': [],
  },
  homepage: {
    '': [],
    '/user': ['text'],
    '/session': ['text'],
    '/device': [],
    '/locale': [],
    '/segments': ['list'],
    '/segments/0': ['text'],
    '/maturity': ['number'],
    '/deadlineMs': [],
    '/dismissed': ['list'],
    '/dismissed/0': ['text'],
    '/seen': ['list'],
    '/seen/0': [],
    '/seen/0/item': ['text'],
    '/seen/0/hoursAgo': ['number'],
    '/lastPage': [],
    '/lastPage/0/placement': ['text'],
    '/lastPage/0/widget': ['text'],
    '/cursor': ['text'],
    '/why': ['text'],
    '/explain': ['boolean'],
  },
};

/**
 * Values of another type at each path. Of those for manifests one a path, as the seed decides: registrations have a budget
 * that no manifest sets.
 */
export function wrongTypes(random: SeededRandom): HostileBody[] {
  return (['publication', 'manifest', 'homepage'] as const).flatMap((reader) =>
    Object.entries(paths[reader]).flatMap(([at, taken]) => {
      const wrong = kinds.filter((kind) => !taken.includes(kind));
      const chosen = reader === 'manifest' ? [wrong[random.below(wrong.length)] ?? 'null'] : wrong;
      return chosen.map((kind) =>
        hostile('validation-failed', withValue(reader, at, samples[kind]), {
          name: `${kind} at ${at || 'the top'}`,
          reader,
          at,
        }),
      );
    }),
  );
}
