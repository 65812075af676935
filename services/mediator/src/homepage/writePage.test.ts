import type { Candidate, PlacedCandidate } from '@widget-mediator/composition';
import { Item, Page } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { listOf, present } from '../intake/content.ts';
import { type Serialise, serialiseNow, serialiseWhenShown } from '../intake/fragments.ts';
import { createTokenSigner } from './tokens.ts';
import { writePage } from './writePage.ts';

const dedupe = { key: 'item', yields: true, blocks: true } as const;
const placement = { id: 'row-1', kind: 'row', attention: 1, required: true };
const sign = createTokenSigner('secret')('page-1');

interface Writing {
  readonly shown: readonly number[];
  readonly serialise: Serialise;
  readonly title?: string;
}

function written(items: readonly Item[], { shown, serialise, title = 'A title' }: Writing): Page {
  const widget = {
    id: 'w',
    team: 'team',
    version: 3,
    title,
    itemType: 'film',
    placements: ['row'],
    minItems: 1,
    maxItems: 50,
    dedupe,
  };
  const content = present(widget, listOf('film', items, serialise));
  const candidate: Candidate = { ...content.candidate, provenance: 'stale' };
  const placed: PlacedCandidate[] = [1, 2].map((position) => ({
    candidate,
    placement,
    position,
    shown,
    score: 1,
  }));
  const bytes = writePage({
    pageId: 'page-1',
    layoutVersion: 'v1',
    placed,
    contentOf: () => content,
    sign,
    degraded: [{ source: 'x', reason: 'timeout' }],
    nextCursor: undefined,
    trace: undefined,
  });
  return Page.parse(JSON.parse(bytes.toString()));
}

/** Any item that the contract lets in. */
const item = fc
  .record(
    {
      id: fc.stringMatching(/^[a-z0-9]{1,12}$/),
      title: fc.string({ unit: 'grapheme', minLength: 1 }),
      score: fc.double({ noNaN: true, noDefaultInfinity: true }),
      creator: fc.constant('someone'),
      sponsored: fc.boolean(),
      attributes: fc.dictionary(
        fc.constantFrom('year', 'creator', 'score'),
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean()),
      ),
    },
    { requiredKeys: ['id', 'title'] },
  )
  .filter((candidate) => Item.safeParse(candidate).success);

describe.each([
  ['at once', serialiseNow],
  ['when shown', serialiseWhenShown(0)],
] as const)('with items serialised %s', (_when, serialise) => {
  test('writes any items as the contract has them, and nothing that only ranking needs', () => {
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.boolean()),
        (items, coins) => {
          const shown = items.map((_, index) => index).filter(() => coins.next().value);
          const page = written(items, { shown, serialise });
          const expected = shown.map((index) => {
            const { score: _score, creator: _creator, ...rest } = items[index] ?? { id: '', title: '' };
            return rest;
          });
          expect(page.placements.map(({ widget }) => widget.items)).toEqual([expected, expected]);
        },
      ),
    );
  });

  test('escapes what stands in titles', () => {
    const title = 'Quotes " and \\ and </script> and é';
    expect(written([{ id: 'a', title }], { shown: [0], title, serialise }).placements[0]?.widget.title).toBe(
      title,
    );
  });
});

test('a page with nothing placed is still a page', () => {
  const bytes = writePage({
    pageId: 'p',
    layoutVersion: 'v1',
    placed: [],
    contentOf: () => {
      throw new Error('nothing to write');
    },
    sign,
    degraded: [],
    nextCursor: undefined,
    trace: undefined,
  });
  expect(Page.parse(JSON.parse(bytes.toString()))).toEqual({
    pageId: 'p',
    layoutVersion: 'v1',
    placements: [],
    degraded: [],
  });
});

describe('a token', () => {
  const claims = {
    placement: 'row-1',
    position: 1,
    widget: 'w',
    version: 3,
    itemsDigest: '0123456789abcdef',
  };
  const tag = (token: string) => token.split('.').at(-1);

  test('is the same for the same claims, and different for any other', () => {
    expect(sign(claims)).toBe(sign({ ...claims }));
    const others = [
      sign({ ...claims, position: 2 }),
      sign({ ...claims, widget: 'x' }),
      sign({ ...claims, version: 4 }),
      sign({ ...claims, itemsDigest: 'fedcba9876543210' }),
      createTokenSigner('secret')('page-2')(claims),
      createTokenSigner('another')('page-1')(claims),
    ];
    expect(new Set([...others, sign(claims)].map(tag)).size).toBe(7);
  });
});

test('the digest of what is shown tells items and their order apart, whatever was asked before', () => {
  const { fragments } = listOf(
    'film',
    ['a', 'b', 'c'].map((id) => ({ id, title: id })),
  );
  const digests = [[0, 1], [1, 0], [0, 2], [0], [0, 1]].map((shown) => fragments.digest(shown));
  expect(new Set(digests).size).toBe(4);
  expect(digests[4]).toBe(digests[0]);
});
