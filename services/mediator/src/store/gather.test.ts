import { heldByYoung } from '../testing/heldByYoung.ts';
import { gather } from './gather.ts';

/** Queued work, done when asked for. */
function queue() {
  const works: (() => Promise<void>)[] = [];
  return {
    inTurn: (work: () => Promise<void>) => void works.push(work),
    async next() {
      await works.shift()?.();
    },
  };
}

test('what comes meanwhile is worked on together, each under its name once, the newest of it', async () => {
  const { inTurn, next } = queue();
  const worked: (readonly number[])[] = [];
  const add = gather<number>(inTurn, async (all) => void worked.push(all));
  add('a', 1);
  add('b', 2);
  add('a', 3);
  await next();
  add('c', 4);
  await next();
  expect(worked).toEqual([[3, 2], [4]]);
});

test('what was worked on is let go of by collections of what is young', async () => {
  const { inTurn, next } = queue();
  const add = gather<object>(inTurn, async () => {});
  const held = await heldByYoung(async (large) => {
    for (let turn = 0; turn < 5; turn += 1) {
      for (const name of ['a', 'b']) add(name, large());
      await next();
    }
  });
  expect(held).toBeLessThan(0.2);
});
