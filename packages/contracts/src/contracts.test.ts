import { HomepageRequest, Item, openApi, Publication, WidgetManifest } from './index.ts';

const item = { id: 'film-1', title: 'Heat' };

describe('an item', () => {
  test.each([
    ['a plain link', 'https://example.com/film?id=1#top'],
    ['a port', 'https://example.com:8443/film'],
    ['no path', 'https://example.com'],
  ])('may link to %s', (_what, url) => {
    expect(Item.safeParse({ ...item, url }).success).toBe(true);
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://example.com/',
    '//example.com/',
    'https://user@example.com/',
    'https:// example.com/',
    'https://example.com/"onload=x',
    'https://example.com/<script>',
    'https://example.com/\u202e',
    '\thttps://example.com/',
  ])('may not link to %j', (url) => {
    expect(Item.safeParse({ ...item, url }).success).toBe(false);
  });

  test.each([
    '',
    ' ',
    '\u200d',
    '\u3164',
    'line\u2028break',
    'hidden\u200b',
    'line\nbreak',
    'bell\u0007',
    'lone \ud800',
    'override \u202e',
    '\ufeff',
  ])('may not be titled %j', (title) => {
    expect(Item.safeParse({ ...item, title }).success).toBe(false);
  });

  test.each(['Amélie', '千と千尋の神隠し', 'WALL·E', '👨‍👩‍👧 family', 'مرحبا'])(
    'may be titled %s',
    (title) => {
      expect(Item.safeParse({ ...item, title }).success).toBe(true);
    },
  );

  test.each([Number.NaN, Number.POSITIVE_INFINITY, '1'])('has a finite score, not %p', (score) => {
    expect(Item.safeParse({ ...item, score }).success).toBe(false);
  });

  test('has at most 32 attributes, scalar ones', () => {
    const attributes = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, n]));
    expect(Item.safeParse({ ...item, attributes: attributes(32) }).success).toBe(true);
    expect(Item.safeParse({ ...item, attributes: attributes(33) }).success).toBe(false);
    expect(Item.safeParse({ ...item, attributes: { nested: {} } }).success).toBe(false);
  });
});

test('a publication is for everyone unless it says otherwise', () => {
  expect(Publication.parse({ version: 1, items: [item] }).audience).toEqual({ type: 'everyone' });
});

test('a homepage request has a device and a locale, and knows no other fields', () => {
  expect(HomepageRequest.parse({})).toMatchObject({
    device: 'web',
    locale: 'en',
    segments: [],
    explain: false,
  });
  expect(HomepageRequest.safeParse({ colour: 'red' }).success).toBe(false);
});

test('a manifest knows no other fields, at any depth', () => {
  const manifest = {
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id: 'w', owner: 't', title: 'W' },
    spec: { itemType: 'film', delivery: { mode: 'push' }, placements: ['row'] },
  };
  expect(WidgetManifest.safeParse(manifest).success).toBe(true);
  expect(
    WidgetManifest.safeParse({ ...manifest, spec: { ...manifest.spec, budget: { latency: 5 } } }).success,
  ).toBe(false);
});

test('the OpenAPI document only refers to components that it has', () => {
  const text = JSON.stringify(openApi());
  const { components } = JSON.parse(text) as { components: { schemas: Record<string, unknown> } };
  const referred = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) =>
    ref?.replace('#/components/schemas/', ''),
  );
  expect(referred.length).toBeGreaterThan(20);
  for (const name of referred) expect(Object.keys(components.schemas)).toContain(name);
});
