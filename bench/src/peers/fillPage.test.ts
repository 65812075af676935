import { filmList } from '../scenarios/filmLists.ts';
import { fillPage } from './fillPage.ts';

const listing = (id: string, items = filmList(Number(id), 40)) => ({ id, title: `List ${id}`, items });
const shown = (page: ReturnType<typeof fillPage>) => page.placements.map(({ widget }) => widget);

describe('fillPage', () => {
  it('takes the first eight lists that are long enough, twenty items each', () => {
    const short = listing('99', filmList(99, 3));
    const page = fillPage([short, ...Array.from({ length: 20 }, (_, source) => listing(String(source)))]);
    expect(shown(page).map(({ id }) => id)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    expect(page.placements.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(shown(page).every(({ items }) => items.length === 20)).toBe(true);
  });

  it('shows no item twice', () => {
    const items = shown(fillPage([listing('0'), listing('1'), listing('2')])).flatMap(
      (widget) => widget.items,
    );
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  });

  it('leaves out a list that is too short without what an earlier one has', () => {
    const all = filmList(0, 40);
    expect(shown(fillPage([listing('0'), listing('again', all)])).map(({ id }) => id)).toEqual(['0']);
  });
});

describe('the lists of the bench', () => {
  it('share some items and have others of their own, all as long', () => {
    const lists = Array.from({ length: 20 }, (_, source) => filmList(source, 40));
    const ids = lists.flat().map(({ id }) => id);
    expect(lists.every((list) => new Set(list.map(({ id }) => id)).size === 40)).toBe(true);
    expect(new Set(ids).size).toBe(20 * 30 + 60);
    expect(new Set(lists.flat().map((item) => JSON.stringify(item).length)).size).toBe(1);
  });
});
