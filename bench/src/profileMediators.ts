import { mkdir, readFile } from 'node:fs/promises';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import { type Instruments, measureTurn } from './measure/measureTurn.ts';
import type { Plan } from './options.ts';
import { profileLines } from './report/profileLines.ts';
import { profileSummary } from './report/profileSummary.ts';
import type { Contestant } from './scenarios/setUpScenario.ts';

/** Long enough for some thousand samples. */
const leastSeconds = 8;

/** Profiles each mediator in turn, already warm, under its load. Profiling costs time of its own: these are no figures. */
export async function profileMediators(
  instruments: Instruments,
  mediators: readonly Contestant[],
  { plan, folder }: { readonly plan: Plan; readonly folder: string },
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const lines: string[] = [];
  for (const mediator of mediators) {
    const file = join(folder, `${mediator.name}.cpuprofile`);
    await mediator.child.ask('startProfile');
    const { turn } = await measureTurn(instruments, mediator, {
      requestsPerSecond: plan.pagesPerSecond[mediator.scenario.kind],
      seconds: Math.max(leastSeconds, plan.seconds),
    });
    await mediator.child.ask('stopProfile', file);
    const profile = JSON.parse(await readFile(file, 'utf8')) as Profiler.Profile;
    const perPageUs = (turn.cpuUs / turn.load.latenciesUs.length).toFixed(0);
    lines.push(
      ...profileLines(`${mediator.title}: ${perPageUs} us/page while profiled`, profileSummary(profile)),
    );
  }
  return [...lines, `Profiles for Chrome DevTools or VS Code: ${folder}`];
}
