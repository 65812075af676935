import type { Stage } from '../processes/stage.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { type Contestant, setUpScenario } from '../scenarios/setUpScenario.ts';

/** The mediators and peers of several scenarios, one after the other. */
export async function setUpAll(stage: Stage, scenarios: readonly Scenario[]): Promise<readonly Contestant[]> {
  const contestants: Contestant[] = [];
  for (const scenario of scenarios) contestants.push(...(await setUpScenario(stage, scenario)));
  return contestants;
}
