import { absent } from './source.ts';
import { askOf, entered, manualSource } from './testing/answers.ts';
import { withBulkhead } from './withBulkhead.ts';

test('refuses what is too much at once, and has room again when a call ends', async () => {
  const { source, answer } = manualSource();
  const roomy = withBulkhead(source, 2);
  const [first] = [roomy(askOf()), roomy(askOf())];
  expect(await roomy(askOf())).toEqual(absent('too-busy'));
  answer(0, entered());
  await first;
  const next = roomy(askOf());
  answer(2, absent('abstained'));
  expect(await next).toEqual(absent('abstained'));
});

test('has room again after a fault of our own', async () => {
  let fails = true;
  const roomy = withBulkhead(async () => {
    if (fails) throw new TypeError('ours');
    return entered();
  }, 1);
  await expect(roomy(askOf())).rejects.toThrow('ours');
  fails = false;
  expect((await roomy(askOf())).status).toBe('entered');
});
