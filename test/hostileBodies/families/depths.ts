import { withText } from '../honestDocuments.ts';
import { type HostileBody, hostile, marker } from '../hostileBody.ts';

const shapes = {
  lists: (depth: number) => `${'['.repeat(depth)}"${marker}"${']'.repeat(depth)}`,
  objects: (depth: number) => `${'{"a":'.repeat(depth)}"${marker}"${'}'.repeat(depth)}`,
  both: (depth: number) => `${'[{"a":'.repeat(depth / 2)}"${marker}"${'}]'.repeat(depth / 2)}`,
};

const places = [
  ['publication', ''],
  ['publication', '/version'],
  ['publication', '/title'],
  ['publication', '/audience'],
  ['publication', '/audience/type'],
  ['publication', '/expiresAt'],
  ['publication', '/items'],
  ['publication', '/items/0'],
  ['publication', '/items/0/title'],
  ['publication', '/items/0/attributes/genre'],
  ['manifest', ''],
  ['manifest', '/spec'],
  ['manifest', '/spec/delivery'],
  ['manifest', '/spec/fallback/items/0'],
  ['homepage', ''],
  ['homepage', '/segments'],
] as const;

/** Values 5,000 deep, where a walk that calls itself would end the process. */
export function depths(): HostileBody[] {
  const cases = places.flatMap(([reader, at]) =>
    Object.entries(shapes).map(([shape, nested]) => {
      const depth = reader === 'homepage' ? 2_000 : 5_000;
      const name = `${shape} ${depth} deep at ${at}`;
      return hostile('validation-failed', withText(reader, at, nested(depth)), { name, reader, at });
    }),
  );
  const deeper = hostile('validation-failed', shapes.lists(120_000), { name: 'lists 120,000 deep', at: '' });
  return [...cases, deeper];
}
