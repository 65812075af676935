import { readTogether } from './readTogether.ts';

function reader() {
  const commands: string[][] = [];
  const read = readTogether(async (names: readonly string[]) => {
    commands.push([...names]);
    if (names.includes('bad')) throw new Error('the store is away');
    return names.map((name) => `value of ${name}`);
  });
  return { read, commands };
}

test('what is asked for in one go is read with one command, each name once', async () => {
  const { read, commands } = reader();
  expect(await Promise.all(['a', 'b', 'a'].map(read))).toEqual(['value of a', 'value of b', 'value of a']);
  expect(commands).toEqual([['a', 'b']]);
});

test('so is what is asked for by all who waited for the same', async () => {
  const { read, commands } = reader();
  const same = Promise.resolve();
  await Promise.all(['a', 'b'].map((name) => same.then(() => same).then(() => read(name))));
  expect(commands).toEqual([['a', 'b']]);
});

test('what is asked for later is read later, the same name too', async () => {
  const { read, commands } = reader();
  const first = read('a');
  await first;
  expect(commands).toEqual([['a']]);
  expect(await Promise.all([first, read('a')])).toEqual(['value of a', 'value of a']);
  expect(commands).toEqual([['a'], ['a']]);
});

test('everybody is told why nothing was read, and who asks next reads again', async () => {
  const { read } = reader();
  const outcomes = await Promise.allSettled(['a', 'bad'].map(read));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await read('a')).toBe('value of a');
});
