import { Item, type Publication, type WidgetManifest } from '@widget-mediator/contracts';
import type { Content } from '../intake/content.ts';
import { readStamp } from '../store/stamp.ts';
import { type Storable, type StoredPublication, storedAgain } from '../store/storedPublication.ts';
import type { Held } from './contentMemory.ts';

/** What is held, as it is to be stored again; undefined when it cannot be read. */
export function storableHeld(manifest: WidgetManifest, held: Held): Storable | undefined {
  const record = held.record();
  if (record !== undefined) return { ...readStamp(held.stamp), record };
  const content = held.content();
  return content && storedAgain(storedContent(manifest, held, content));
}

/**
 * The publication that content in memory was made of, as far as pages know it: only the items' own scores are not kept, which
 * no page uses. Digest and time are those of its admission, so that the same publication is still the same when it comes again.
 */
export function storedContent(
  { metadata }: WidgetManifest,
  { audience, stamp }: Held,
  content: Content,
): StoredPublication {
  const { digest, admittedAtMs } = readStamp(stamp);
  const publication: Publication = {
    version: content.candidate.version,
    ...(content.title !== metadata.title && { title: content.title }),
    audience,
    ...(content.validFromMs > 0 && { validFrom: new Date(content.validFromMs).toISOString() }),
    ...(content.endMs !== Infinity && { expiresAt: new Date(content.endMs).toISOString() }),
    items: itemsOf(content),
  };
  return { publication, digest, admittedAtMs };
}

function itemsOf({ candidate, fragments }: Content): Item[] {
  return candidate.items.map(({ parent, creator, brand }, index) => {
    const bytes: Uint8Array[] = [];
    fragments.appendTo(bytes, [index]);
    return Item.parse({
      ...JSON.parse(Buffer.concat(bytes).toString()),
      ...defined({ parent, creator, brand }),
    });
  });
}

const defined = (fields: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
