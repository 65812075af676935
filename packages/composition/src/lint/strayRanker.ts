import type { Layout, ProblemError } from '@widget-mediator/contracts';

/** The strategy `remote` without anybody to ask, or somebody to ask and another strategy. */
export function strayRanker({ strategy, ranker }: Layout): ProblemError[] {
  if (strategy === 'remote' && ranker === undefined)
    return [
      { pointer: '/strategy', detail: 'remote has no ranker to ask: add one, or choose another strategy' },
    ];
  if (strategy !== 'remote' && ranker !== undefined)
    return [
      {
        pointer: '/ranker',
        detail: `is not asked under the strategy ${strategy}: choose remote, or remove it`,
      },
    ];
  return [];
}
