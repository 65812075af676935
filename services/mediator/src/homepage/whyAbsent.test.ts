import { Why } from '@widget-mediator/contracts';
import { whyAbsent } from './whyAbsent.ts';

test('a widget that was not considered is absent by its verdict', () => {
  const why = whyAbsent('for-tv', [
    { code: 'not-live', widget: 'sketch' },
    { code: 'device-not-eligible', widget: 'for-tv' },
  ]);
  expect(Why.parse(why)).toEqual({
    subject: 'for-tv',
    present: false,
    sentence: 'for-tv is not on the page. The widget is not for this device.',
    chain: [{ code: 'device-not-eligible', widget: 'for-tv' }],
  });
});

test('what nobody knows is said to be unknown', () => {
  expect(Why.parse(whyAbsent('ghost', [{ code: 'not-live', widget: 'sketch' }]))).toEqual({
    subject: 'ghost',
    present: false,
    sentence:
      'ghost is not on the page. No widget has that id, and no list that came to this page holds such an item.',
    chain: [],
  });
});
