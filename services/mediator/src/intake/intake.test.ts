import { WidgetManifest } from '@widget-mediator/contracts';
import { admitBytes, admitPublication, type Intake } from './admitPublication.ts';
import { createContent, freshnessAt, lifetimeOf, publicationDigest } from './content.ts';
import { JsonError, parseJson } from './parseJson.ts';

const manifest = WidgetManifest.parse({
  apiVersion: 'widget-mediator/v2',
  kind: 'Widget',
  metadata: { id: 'w', owner: 't', title: 'The widget' },
  spec: {
    itemType: 'film',
    delivery: { mode: 'push', ttlMs: 1_000, staleForMs: 500 },
    minItems: 2,
    placements: ['row'],
  },
});
const items = ['a', 'b', 'c'].map((id) => ({ id, title: id }));

function admitted(body: unknown) {
  const intake = admitPublication(manifest, body, 15_000);
  if (!intake.ok) throw new Error(JSON.stringify(intake.problem));
  return intake;
}

describe('admission', () => {
  test('conserves: what was received is kept or dropped', () => {
    const { received, publication, verdicts } = admitted({ version: 1, items: [...items, ...items] });
    expect(received).toBe(6);
    expect(publication.items.length + verdicts.length).toBe(received);
    expect(publication.items.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  test('takes an empty list as an abstention, not as too few', () => {
    expect(admitted({ version: 1, items: [] }).verdicts).toEqual([]);
  });

  test('points into the union branch that the author meant', () => {
    const intake = admitPublication(
      manifest,
      {
        version: 1,
        items: [],
        audience: { type: 'segment', segment: 'No Slug' },
      },
      0,
    );
    expect(intake).toMatchObject({ ok: false, problem: { errors: [{ pointer: '/audience/segment' }] } });
  });

  test('shows a field name that is not plain as a question mark', () => {
    const attributes = { 'bad name <script>': 1 };
    const intake = admitPublication(
      manifest,
      { version: 1, items: [{ id: 'a', title: 'A', attributes }] },
      0,
    );
    expect(JSON.stringify(intake)).not.toContain('script');
  });
});

describe('the bytes of a body', () => {
  const item = { id: 'a', title: 'Amélie', score: 0.5, attributes: { year: 2001 } };
  const body = {
    version: 1,
    audience: { type: 'segment', segment: 's' },
    items: [item, { id: 'b', title: 'B' }],
  };

  test.each([
    ['as they are kept', JSON.stringify(body)],
    ['with white space', JSON.stringify(body, null, 2)],
    [
      'with fields in another order',
      JSON.stringify({ items: body.items, audience: body.audience, version: 1 }),
    ],
    ['with an escape', JSON.stringify(body).replace('Am', '\\u0041m')],
    ['with something unknown', JSON.stringify({ ...body, more: 1 })],
    ['with an item twice', JSON.stringify({ ...body, items: [item, item] })],
    ['with too few items', JSON.stringify({ ...body, items: [item] })],
    ['with none', JSON.stringify({ ...body, items: [] })],
    ['too old', JSON.stringify({ ...body, expiresAt: '1970-01-01T00:00:01Z' })],
    ['with an envelope that does not fit', JSON.stringify({ ...body, version: 0, title: 7 })],
    ['with an item that does not fit', JSON.stringify({ ...body, items: [{ id: '' }] })],
  ])('are admitted as what was parsed is: %s', (_what, text) => {
    const said = (intake: Intake) =>
      intake.ok
        ? {
            ...intake,
            publication: undefined,
            json: Buffer.concat(intake.json()).toString(),
            warnings: intake.warnings(),
          }
        : intake;
    const bytes = Buffer.from(text);
    expect(said(admitBytes(manifest, bytes, 15_000))).toEqual(
      said(admitPublication(manifest, parseJson(bytes), 15_000)),
    );
  });

  test('that are no JSON are refused', () => {
    expect(() => admitBytes(manifest, Buffer.from('{"version":1,"items":['), 0)).toThrow(JsonError);
  });
});

test('the digest of a publication depends on its content and on nothing else', () => {
  const digest = (body: unknown) => publicationDigest(Buffer.concat(admitted(body).json()));
  expect(digest({ version: 1, items })).toBe(digest({ items, version: 1, unknown: true }));
  expect(digest({ version: 1, items })).not.toBe(digest({ version: 1, items: items.slice(1) }));
});

describe('the lifetime of content', () => {
  const { publication } = admitted({
    version: 1,
    items,
    validFrom: '1970-01-01T00:00:10Z',
    expiresAt: '1970-01-01T00:01:00+00:00',
  });

  test('is fresh for the ttl, stale for a while, and then over', () => {
    const content = createContent(manifest, publication, { admittedAtMs: 20_000 });
    const at = (nowMs: number) => freshnessAt(content, nowMs);
    expect([9_999, 20_000, 20_999, 21_000, 21_499, 21_500].map(at)).toEqual([
      'not-yet-valid',
      'fresh',
      'fresh',
      'stale',
      'stale',
      'expired',
    ]);
  });

  test('counts from validFrom when that is later than admission', () => {
    expect(lifetimeOf(manifest, publication, 2_000)).toMatchObject({
      freshUntilMs: 11_000,
      staleUntilMs: 11_500,
    });
  });

  test('ends at expiresAt at the latest', () => {
    expect(lifetimeOf(manifest, publication, 59_500)).toEqual({
      validFromMs: 10_000,
      freshUntilMs: 60_000,
      staleUntilMs: 60_000,
      endMs: 60_000,
    });
  });
});

describe('JSON from strangers', () => {
  const code = (text: string | Buffer): string => {
    try {
      parseJson(Buffer.from(text));
      return 'parsed';
    } catch (error) {
      return error instanceof JsonError ? error.code : 'another error';
    }
  };

  test.each([
    ['{"a":1}', 'parsed'],
    ['\ufeff{"a":1}', 'parsed'],
    ['{"a":1,"a":2}', 'parsed'],
    ['{"a":}', 'malformed-json'],
    ['', 'malformed-json'],
    ['NaN', 'malformed-json'],
    ['{"a":{"__proto__":{}}}', 'forbidden-key'],
    ['{"\\u005f\\u005fproto\\u005f\\u005f":{}}', 'forbidden-key'],
    ['{"constructor":{"prototype":{}}}', 'forbidden-key'],
    ['{"constructor":"a name"}', 'parsed'],
    ['"__proto__"', 'parsed'],
  ])('%s is %s', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  test('invalid UTF-8 is malformed', () => {
    expect(code(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toBe('malformed-json');
  });

  test('of duplicate keys the last wins', () => {
    expect(parseJson(Buffer.from('{"a":1,"a":2}'))).toEqual({ a: 2 });
  });
});
