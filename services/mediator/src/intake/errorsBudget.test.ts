import { createErrorsBudget, type ErrorsBudget } from './errorsBudget.ts';

let nowMs = 0;
let errors: ErrorsBudget;
beforeEach(() => {
  nowMs = 0;
  errors = createErrorsBudget(() => nowMs);
});

const count = (widget: string, outcome: 'valid' | 'refused', times: number) => {
  for (let n = 0; n < times; n += 1) errors.count(widget, outcome);
};

test('holds a widget when twenty publications were refused and most of all were', () => {
  count('careless', 'refused', 19);
  expect(errors.heldFor('careless')).toBeUndefined();
  count('careless', 'refused', 1);
  expect(errors.heldFor('careless')).toBe(10_000);
  expect(errors.heldFor('another')).toBeUndefined();
});

test('leaves a widget alone whose publications are mostly valid', () => {
  count('busy', 'valid', 100);
  count('busy', 'refused', 100);
  expect(errors.heldFor('busy')).toBeUndefined();
  count('busy', 'refused', 1);
  expect(errors.heldFor('busy')).toBe(10_000);
});

test('forgets after its window', () => {
  count('careless', 'refused', 19);
  nowMs = 10_000;
  count('careless', 'refused', 19);
  expect(errors.heldFor('careless')).toBeUndefined();
});

test('begins clean after the hold, whatever was still being read when it began', () => {
  count('careless', 'refused', 60);
  nowMs = 9_999;
  expect(errors.heldFor('careless')).toBe(1);
  count('careless', 'refused', 30);
  nowMs = 10_000;
  expect(errors.heldFor('careless')).toBeUndefined();
  count('careless', 'refused', 19);
  expect(errors.heldFor('careless')).toBeUndefined();
  count('careless', 'refused', 1);
  expect(errors.heldFor('careless')).toBe(10_000);
});
