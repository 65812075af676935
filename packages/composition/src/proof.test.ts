import { regimes } from './testing/instances.ts';
import { distributionOf, type Outcome, shareOf, tryInstance } from './testing/proof.ts';

/** `npm run prove` tries 1,000 of each; these are the first. */
const instances = 60;

describe.each(regimes)('$name instances, compared with every page there is', (regime) => {
  const outcomes: Outcome[] = [];
  beforeAll(() => {
    for (let seed = 1; seed <= instances; seed++) outcomes.push(tryInstance(regime, seed));
  });

  it('bound ≥ optimum ≥ result', () => {
    for (const { bound, optimum, result } of outcomes) {
      expect(bound).toBeGreaterThanOrEqual(optimum.score - 1e-9);
      if (result.filled === optimum.filled) expect(optimum.score).toBeGreaterThanOrEqual(result.score - 1e-9);
      else expect(result.filled).toBeLessThan(optimum.filled);
    }
  });

  it('comes within half a percent of the best page on average, and six in a hundred at the first percentile', () => {
    const { mean, first } = distributionOf(outcomes.map((outcome) => shareOf(outcome.result, outcome)));
    expect(mean).toBeGreaterThanOrEqual(0.995);
    expect(first).toBeGreaterThanOrEqual(0.94);
  });

  it('gets nearer with each pass', () => {
    const meanOf = (page: 'greedy' | 'reallocated' | 'result') =>
      distributionOf(outcomes.map((outcome) => shareOf(outcome[page], outcome))).mean;
    expect(meanOf('reallocated')).toBeGreaterThan(meanOf('greedy'));
    expect(meanOf('result')).toBeGreaterThan(meanOf('reallocated'));
  });

  it('leaves nobody out who could be added', () => {
    expect(outcomes.filter((outcome) => outcome.isAddable)).toEqual([]);
  });
});
