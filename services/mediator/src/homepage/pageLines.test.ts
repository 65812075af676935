import type { PlacedCandidate } from '@widget-mediator/composition';
import { PageLine } from '@widget-mediator/contracts';
import { listOf, present } from '../intake/content.ts';
import { openPageLines } from './pageLines.ts';
import { createTokenSigner } from './tokens.ts';

const contentOf = (id: string) =>
  present(
    {
      id,
      team: 'team',
      version: 1,
      title: `"${id}"`,
      itemType: 'film',
      placements: ['row'],
      minItems: 1,
      maxItems: 3,
      dedupe: { key: 'item', yields: true, blocks: true },
    },
    listOf(
      'film',
      ['a', 'b', 'c'].map((item) => ({ id: `${id}-${item}`, title: 'A "title"' })),
    ),
  );
const contents = new Map(['w1', 'w2', 'w3'].map((id) => [id, contentOf(id)]));
const shownOf = ({ widget }: PlacedCandidate['candidate']) => contents.get(widget) ?? contentOf(widget);

const placed = (id: string, position: number, shown: readonly number[] = [0, 1]): PlacedCandidate => ({
  candidate: (contents.get(id) ?? contentOf(id)).candidate,
  placement: { id: `row-${position}`, kind: 'row', attention: 1, required: true },
  position,
  shown,
  score: 1,
});

function open() {
  const emitted: Buffer[] = [];
  const lines = openPageLines({
    pageId: 'page-1',
    layoutVersion: 'v1',
    sign: createTokenSigner('secret')('page-1'),
    emit: (bytes) => emitted.push(bytes),
  });
  const settle = (page: readonly PlacedCandidate[], upTo: number) =>
    lines.settle(page, { upTo, contentOf: shownOf });
  const finish = (page: readonly PlacedCandidate[]) =>
    lines.finish({
      placed: page,
      contentOf: shownOf,
      degraded: [],
      nextCursor: undefined,
      trace: undefined,
      timingsMs: { collect: 1 },
    });
  const parsed = (bytes: Buffer) =>
    bytes
      .toString()
      .split('\n')
      .slice(0, -1)
      .map((line) => PageLine.parse(JSON.parse(line)));
  const typesOf = (bytes: Buffer) =>
    parsed(bytes).map((line) => (line.type === 'placement' ? line.widget.id : line.type));
  return { settle, finish, typesOf, sent: () => typesOf(Buffer.concat(emitted)) };
}

const whole = [placed('w1', 1), placed('w2', 2), placed('w3', 4)];

test('hands out each placement once, in page order, a line each', () => {
  const { settle, finish, typesOf, sent } = open();
  expect(sent()).toEqual(['head']);
  settle(whole, 1);
  settle(whole, 1);
  expect(sent()).toEqual(['head', 'w1']);
  settle(whole, 3);
  expect(sent()).toEqual(['head', 'w1', 'w2']);
  expect(typesOf(finish(whole))).toEqual(['w3', 'tail']);
});

test.each([
  ['another widget there', [placed('w3', 1), ...whole.slice(1, 2)]],
  ['other items there', [placed('w1', 1, [0, 2]), ...whole.slice(1)]],
  ['nothing there', whole.slice(1)],
])('finishes no page that has %s than what was handed out', (_what, page) => {
  const { settle, finish } = open();
  settle(whole, 1);
  expect(() => finish(page)).toThrow('a settled placement has changed');
});
