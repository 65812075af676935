import { HomepageRequest } from '@widget-mediator/contracts';
import { homepageQuery } from './homepageQuery.ts';

const parsed = (query: string) => HomepageRequest.parse(homepageQuery(query));
const pointerOf = (query: string) =>
  HomepageRequest.safeParse(homepageQuery(query)).error?.issues[0]?.path.join('/');

test('reads what the viewer dismissed, saw and looks at', () => {
  const query = 'dismissed=a,b&seen=c:12,d,e:0.5&lastPage=row-1:popular,row-2:new';
  expect(parsed(query)).toMatchObject({
    dismissed: ['a', 'b'],
    seen: [
      { item: 'c', hoursAgo: 12 },
      { item: 'd', hoursAgo: 0 },
      { item: 'e', hoursAgo: 0.5 },
    ],
    lastPage: [
      { placement: 'row-1', widget: 'popular' },
      { placement: 'row-2', widget: 'new' },
    ],
  });
});

test('an id with a colon is dismissed as it is, and seen when its hours follow', () => {
  expect(parsed('dismissed=film:7&seen=film:7:0')).toMatchObject({
    dismissed: ['film:7'],
    seen: [{ item: 'film:7', hoursAgo: 0 }],
  });
});

test('an empty list is none', () => {
  expect(parsed('dismissed=&seen=&lastPage=')).toMatchObject({ dismissed: [], seen: [], lastPage: [] });
});

test.each([
  ['dismissed=a,', 'dismissed/1'],
  ['dismissed=a&dismissed=b', 'dismissed/0'],
  ['seen=a:yesterday', 'seen/0/hoursAgo'],
  ['seen=a:-1', 'seen/0/hoursAgo'],
  ['seen=a,b:9000', 'seen/1/hoursAgo'],
  ['seen=:3', 'seen/0/item'],
  ['lastPage=row-1', 'lastPage/0/widget'],
  ['lastPage=row-1:Popular', 'lastPage/0/widget'],
  ['lastPage=row-1:a:b', 'lastPage/0/widget'],
])('%s is refused with a pointer', (query, pointer) => {
  expect(pointerOf(query)).toBe(pointer);
});
