import { z } from 'zod';
import type { Mark } from '../load/load.ts';
import type { Stage } from '../processes/stage.ts';
import type { Child } from '../processes/startChild.ts';
import { startMediator } from '../processes/startMediator.ts';
import { until } from '../processes/until.ts';
import { capturePage } from '../scenarios/capturePage.ts';
import { pageShape } from '../scenarios/pageLayout.ts';
import type { BenchWidget } from '../scenarios/scenario.ts';
import { type Contestant, originsOf, usualConnections } from '../scenarios/setUpScenario.ts';
import { behavioursIn, type Condition } from './fault.ts';
import { faultyPage, sourceCount } from './faultyPage.ts';

/** A mediator with sources of its own that can be made faulty. */
export interface Faulty {
  readonly server: Pick<Contestant, 'name' | 'child' | 'request'>;
  /** Makes its sources so. */
  readonly set: (condition: Condition) => Promise<void>;
  /** Makes all sources healthy, gives those that were not new breakers, and waits until page after page has all of them. */
  readonly recover: () => Promise<void>;
  /** Calls to the first source that are in flight, as the source has it. */
  readonly inFlight: () => Promise<number>;
}

/** Every page is full, whatever failed. */
const complete: Mark[] = [{ text: '"items":[{', times: pageShape.lists }];
const undegraded: Mark[] = [...complete, { text: '"degraded":[]', times: 1 }];
/** A source that is let in by degrees is on single pages before it is on all. */
const pagesInARow = 10;

/** @param name one that no other of the run has */
export async function startFaulty(
  stage: Stage,
  name: string,
  breakers: 'shadow' | 'enforce',
): Promise<Faulty> {
  const scenario = faultyPage(name, breakers);
  const sources: Child = stage.start({ name: `sources-of-${name}`, entry: 'load/faultySources.js' });
  const { child, port, readKey, register } = await startMediator(stage, scenario);
  const widgets = scenario.widgets(await originsOf(sources));
  await register(widgets);
  const headers = { authorization: `Bearer ${readKey}` };
  const asked = { port, path: scenario.path, headers, connections: usualConnections };
  let behaviours = behavioursIn('healthy', sourceCount);
  let recoveries = 0;
  const set = async (condition: Condition) => {
    behaviours = behavioursIn(condition, sourceCount);
    await sources.ask('behave', behaviours);
  };
  const recover = async () => {
    const failed = widgets.filter((_, source) => behaviours[source] !== 'healthy');
    await set('healthy');
    recoveries += 1;
    // A changed registration has a new source, and that a breaker without a past; to recover by itself takes seconds.
    await register(failed.map((widget) => withContact(widget, `bench, after ${recoveries} recoveries`)));
    await until(`${name} has all its sources again`, async () => {
      for (let page = 0; page < pagesInARow; page += 1) await capturePage({ ...asked, marks: undegraded });
      return true;
    });
  };

  await recover();
  return {
    server: { name, child, request: { ...asked, marks: complete } },
    set,
    recover,
    inFlight: async () => z.int().parse(await sources.ask('inFlight')),
  };
}

function withContact({ manifest }: BenchWidget, contact: string): BenchWidget {
  return { manifest: { ...manifest, metadata: { ...manifest.metadata, contact } } };
}
