import { z } from 'zod';
import { IncompletePage } from '../benchFailure.ts';
import type { Stage } from '../processes/stage.ts';
import { type Load, LoadOutcome } from './load.ts';

/** The load generator, as the bench talks to it. */
export interface Generator {
  /**
   * Opens the connections of `loads`, calls `started`, and puts the loads on, all at the same time.
   *
   * @throws IncompletePage when one was answered
   */
  readonly run: (loads: readonly Load[], started: () => Promise<void>) => Promise<readonly LoadOutcome[]>;
}

export function startGenerator(stage: Stage): Generator {
  const child = stage.start({ name: 'generator', entry: 'load/generator.js' });
  return {
    async run(loads, started) {
      try {
        refuseFaults(z.array(z.string()).parse(await child.ask('connect', loads)));
        await started();
        const outcomes = z.array(LoadOutcome).parse(await child.ask('run'));
        refuseFaults(
          outcomes.flatMap(({ faults }, index) => faults.map((fault) => `${loads[index]?.server} ${fault}`)),
        );
        return outcomes;
      } finally {
        // One that is gone is missed by the next who asks.
        await child.ask('disconnect').catch(() => {});
      }
    },
  };
}

function refuseFaults([first]: readonly string[]): void {
  if (first !== undefined) throw new IncompletePage(first);
}
