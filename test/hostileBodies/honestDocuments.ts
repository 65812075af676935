import { manifest } from '../support/widgets.ts';
import { marker, type Reader } from './hostileBody.ts';

/** The widget that hostile bodies are sent to. */
export const target = 'hostile';

const item = (n: number) => ({
  id: `${marker}-${n}`,
  title: `${marker} ${n}`,
  url: `https://example.org/${marker}/${n}`,
  image: `https://example.org/${marker}/${n}.png`,
  score: 0.5,
  parent: `${marker}-parent`,
  creator: `${marker}-creator`,
  brand: `${marker}-brand`,
  sponsored: false,
  attributes: { year: 1995, genre: marker },
});

/** What would be accepted, of every field that there is, with the marker wherever there is room for it. */
const documents: Readonly<Record<Reader, object>> = {
  publication: {
    // Above whatever is published honestly: if it were stored, an honest publication would be outdated.
    version: 9_000_000,
    title: marker,
    audience: { type: 'everyone' },
    generatedAt: '2026-11-24T00:00:00Z',
    validFrom: '2026-11-24T00:00:00Z',
    expiresAt: '2099-11-24T00:00:00Z',
    items: [item(1), item(2), item(3)],
  },
  manifest: {
    ...manifest(target),
    metadata: { id: target, owner: 'alpha', title: marker, contact: marker },
    spec: {
      ...manifest(target).spec,
      fallback: { items: [item(1)] },
      eligibility: { locales: ['en'], devices: ['web'], segments: [marker], maturity: 16 },
      budget: { latencyMs: 80, ratePerSecond: 100, maxBytes: 4096, errorShare: 0.5, maxAgeMs: 60_000 },
      dedupe: { key: 'item', yields: true, blocks: true },
      lifecycle: 'live',
    },
  },
  homepage: {
    user: marker,
    session: marker,
    device: 'web',
    locale: 'en',
    segments: [marker],
    maturity: 16,
    deadlineMs: 100,
    dismissed: [marker],
    seen: [{ item: marker, hoursAgo: 1 }],
    lastPage: [{ placement: 'row-1', widget: marker }],
  },
};

const hole = '@@hole@@';

/** The honest document as text. */
export const honest = (reader: Reader): string => JSON.stringify(documents[reader]);

/** The honest document with this text, JSON or not, in the place of what is at the pointer. */
export function withText(reader: Reader, pointer: string, text: string): string {
  const [, ...path] = pointer.split('/');
  return JSON.stringify(replaced(documents[reader], path)).replace(`"${hole}"`, () => text);
}

/** The same, with a value. */
export const withValue = (reader: Reader, pointer: string, value: unknown): string =>
  withText(reader, pointer, JSON.stringify(value));

function replaced(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return hole;
  if (Array.isArray(value)) return Object.assign([...value], { [name]: replaced(value[Number(name)], rest) });
  const record: Record<string, unknown> = { ...Object(value) };
  return { ...record, [name]: replaced(record[name], rest) };
}
