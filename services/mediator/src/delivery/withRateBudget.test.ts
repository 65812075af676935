import { absent } from './source.ts';
import { askOf, entered } from './testing/answers.ts';
import { createTokenBucket } from './tokenBucket.ts';
import { withRateBudget } from './withRateBudget.ts';

const bucket = () => createTokenBucket(1, 1, () => 0);

test('refuses a call beyond the rate, and tells of it', async () => {
  const onBreach = jest.fn();
  const limited = withRateBudget(async () => entered(), bucket(), { enforced: true, onBreach });
  expect((await limited(askOf())).status).toBe('entered');
  expect(await limited(askOf())).toEqual(absent('rate-exceeded'));
  expect(onBreach).toHaveBeenCalledTimes(1);
});

test('in shadow mode only tells of it', async () => {
  const onBreach = jest.fn();
  const limited = withRateBudget(async () => entered(), bucket(), { enforced: false, onBreach });
  await limited(askOf());
  expect((await limited(askOf())).status).toBe('entered');
  expect(onBreach).toHaveBeenCalledTimes(1);
});
