import { z } from 'zod';
import type { Load, LoadOutcome } from '../load/load.ts';
import type { Generator } from '../load/startGenerator.ts';
import type { Child } from '../processes/startChild.ts';
import type { Contestant } from '../scenarios/setUpScenario.ts';

/** One server's turn in one round. */
export interface Turn {
  readonly server: string;
  readonly cpuUs: number;
  readonly load: LoadOutcome;
}

/** What turns are measured with. */
export interface Instruments {
  readonly generator: Generator;
  readonly control: { readonly child: Child; readonly load: Omit<Load, 'seconds'> };
}

export interface Effort {
  readonly requestsPerSecond: number;
  readonly seconds: number;
}

/** Puts the load on one server, and the control's on the control, and asks both processes what CPU that took them. */
export async function measureTurn(
  { generator, control }: Instruments,
  { name, child, request }: Pick<Contestant, 'name' | 'child' | 'request'>,
  { requestsPerSecond, seconds }: Effort,
): Promise<{ readonly turn: Turn; readonly control: Turn }> {
  const load: Load = {
    server: name,
    ...request,
    marks: [...request.marks],
    requestsPerSecond,
    seconds,
  };
  const children = [child, control.child];
  let before: readonly number[] = [];
  const [ofServer, ofControl] = await generator.run([load, { ...control.load, seconds }], async () => {
    before = await Promise.all(children.map(cpuUsOf));
  });
  const after = await Promise.all(children.map(cpuUsOf));
  const spent = (index: number) => (after[index] ?? Number.NaN) - (before[index] ?? Number.NaN);
  if (ofServer === undefined || ofControl === undefined) throw new Error('a load has no outcome');
  return {
    turn: { server: name, cpuUs: spent(0), load: ofServer },
    control: { server: 'control', cpuUs: spent(1), load: ofControl },
  };
}

const cpuUsOf = async (child: Child): Promise<number> => z.number().parse(await child.ask('cpuUs'));
