import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoProcesses, type ProcessPlan, startDemo } from '@widget-mediator/launcher';
import { until } from '../support/until.ts';
import { firstSeen } from './firstSeen.ts';
import type { OwnHouse } from './house.ts';
import { createProcesses, starting } from './processes.ts';

const guests = 'my-team';

/** Everything that `npm start` starts, as real processes on free ports. */
export async function startDemoHouse(): Promise<OwnHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'demo-test-'));
  let recommenders: readonly ProcessPlan[] = [];
  const demo = await startDemo({
    root: join(__dirname, '..', '..'),
    ports: { storefront: 0, mediator: 0, recommenders: 0 },
    dataDir,
    quiet: true,
    processes: (facts) => {
      const plan = demoProcesses(facts);
      recommenders = plan.recommenders;
      return plan;
    },
  });

  const processes = createProcesses();
  const pidOf = (name: string): number => {
    const pid = demo.processes().find((one) => one.name === name)?.pid;
    if (pid === undefined) throw new Error(`${name} does not run`);
    return pid;
  };
  for (const plan of recommenders) {
    processes.adopt(plan.name, { pid: pidOf(plan.name), stop: async () => {} }, starting(plan));
  }
  // The launcher itself starts these again when they end.
  for (const name of ['redis', 'mediator']) {
    let pid = pidOf(name);
    const startedAgain = async () => {
      const before = pid;
      await until(`${name} was started again`, () => pidOf(name) !== before);
      pid = pidOf(name);
      return { pid, stop: async () => {} };
    };
    processes.adopt(name, { pid, stop: async () => {} }, startedAgain);
  }

  return {
    mediatorUrl: demo.urls.mediator,
    storefrontUrl: demo.urls.storefront,
    keys: {
      operator: demo.keys.operator,
      publish: { team: guests, key: demo.keys.teams.get(guests) ?? '' },
    },
    mediators: ['mediator'],
    firstSeen: async (path, text) => [await firstSeen(demo.urls.mediator + path, demo.keys.operator, text)],
    control: processes.control,
    async stop() {
      await processes.stop();
      await demo.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
