import { createTurns } from './turns.ts';

const kib = 1024;

/** Turns that begin when the test says so, and who has had theirs. */
function started() {
  const due: (() => void)[] = [];
  const turns = createTurns((begin) => due.push(begin));
  const begun: string[] = [];
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    begun,
    async take(team: string, bytes: number) {
      void turns.take(team, bytes).then(() => begun.push(team));
      await settle();
    },
    async nextTurn() {
      for (const begin of due.splice(0)) begin();
      await settle();
    },
    isIdle: () => due.length === 0,
  };
}

test('whoever comes alone begins at once', async () => {
  const { begun, take } = started();
  await take('quiet', 500 * kib);
  expect(begun).toEqual(['quiet']);
});

test('large bodies are worked on one in a turn', async () => {
  const { begun, take, nextTurn, isIdle } = started();
  for (let n = 0; n < 3; n += 1) await take('noisy', 400 * kib);
  expect(begun).toHaveLength(1);
  await nextTurn();
  expect(begun).toHaveLength(2);
  await nextTurn();
  expect(begun).toHaveLength(3);
  await nextTurn();
  expect(isIdle()).toBe(true);
});

test('small ones together, as many as a turn has room for', async () => {
  const { begun, take, nextTurn } = started();
  for (let n = 0; n < 20; n += 1) await take('busy', 8 * kib);
  expect(begun).toHaveLength(8);
  await nextTurn();
  expect(begun).toHaveLength(16);
});

test('who sends few waits for one of each team at most', async () => {
  const { begun, take, nextTurn } = started();
  for (let n = 0; n < 30; n += 1) await take('noisy', 400 * kib);
  await take('quiet', 4 * kib);
  await nextTurn();
  await nextTurn();
  expect(begun).toEqual(['noisy', 'noisy', 'quiet', 'noisy']);
});
