import { profileSummary } from './profileSummary.ts';

const node = (id: number, functionName: string, url = '') => ({
  id,
  callFrame: { functionName, url, scriptId: '0', lineNumber: 9, columnNumber: 0 },
});

describe('profileSummary', () => {
  const { groups, functions } = profileSummary({
    startTime: 0,
    endTime: 1_000,
    nodes: [
      node(1, '(idle)'),
      node(2, '(garbage collector)'),
      node(3, 'compose', 'file:///repo/packages/composition/dist/compose.js'),
      node(4, 'parse', 'file:///repo/node_modules/.pnpm/zod@4.6.7/node_modules/zod/v4/core/parse.js'),
      node(5, 'write', 'file:///repo/node_modules/.pnpm/x/node_modules/@scope/name/index.js'),
      node(6, 'compose', 'file:///repo/packages/composition/dist/compose.js'),
      node(7, 'onread', 'node:internal/stream'),
    ],
    samples: [1, 2, 3, 4, 5, 6, 7],
    timeDeltas: [5_000, 100, 300, 200, 100, 200, 100],
  });

  it('groups self time by who wrote the code, idle time left out', () => {
    expect(groups.map(({ name, share }) => [name, share])).toEqual([
      ['composition', 0.5],
      ['zod', 0.2],
      ['garbage collector', 0.1],
      ['@scope/name', 0.1],
      ['node', 0.1],
    ]);
  });

  it('adds up a function that was called from several places, and says where it is', () => {
    expect(functions[0]).toEqual({ name: 'compose  composition compose.js:10', share: 0.5 });
  });
});
