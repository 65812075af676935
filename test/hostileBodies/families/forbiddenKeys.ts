import { honest, withText } from '../honestDocuments.ts';
import { type HostileBody, hostile, marker } from '../hostileBody.ts';

const proto = `"__proto__":{"${marker}":true}`;

const keys = {
  'a __proto__': proto,
  'an escaped __proto__': `"\\u005f\\u005fproto\\u005f_":{"${marker}":true}`,
  '__proto__ that is null': '"__proto__":null',
  '__proto__ that is a text': `"__proto__":"${marker}"`,
  '__proto__ that is a list': `"__proto__":["${marker}"]`,
  '__proto__ twice': '"__proto__":{},"__proto__":{"isAdmin":true}',
  'a prototype of the constructor': `"constructor":{"prototype":{"${marker}":true}}`,
  'an escaped constructor': `"\\u0063onstructor":{"prototype":{"${marker}":true}}`,
  'an escaped prototype': `"constructor":{"\\u0070rototype":{"${marker}":true}}`,
};

const places = ['', '/audience', '/items/0', '/items/0/attributes', '/unknown', '/unknown/deep/down'];

/** Names that could reach a prototype, wherever they stand. */
export function forbiddenKeys(): HostileBody[] {
  const inPublications = places.flatMap((place) =>
    Object.entries(keys).map(([name, member]) => {
      const body =
        place === ''
          ? honest('publication').replace('{', `{${member},`)
          : withText('publication', place, `{${member}}`);
      return hostile('forbidden-key', body, { name: `${name} in ${place || 'the whole'}`, at: place });
    }),
  );
  const elsewhere = (['manifest', 'homepage'] as const).map((reader) =>
    hostile('forbidden-key', honest(reader).replace('{', `{${proto},`), {
      name: '__proto__',
      reader,
    }),
  );
  return [...inPublications, ...elsewhere];
}
