import type { LoadOutcome } from '../load/load.ts';
import { ignoreIncomplete, readingOf } from '../measure/measureRounds.ts';
import { type Instruments, measureTurn, type Turn } from '../measure/measureTurn.ts';
import { rotated } from '../measure/rotated.ts';
import type { ControlReading } from '../measure/undisturbed.ts';
import { type Rounds, undisturbedRounds } from '../measure/undisturbedRounds.ts';
import type { FaultPlan } from '../options.ts';
import { type Condition, conditions } from './fault.ts';
import type { Faulty } from './startFaulty.ts';

/** Before it opened, and once it is open. Of healthy sources it is closed in both. */
export const breakerStates = ['closed', 'open'] as const;
export type BreakerState = (typeof breakerStates)[number];

/** A mediator for each state: in shadow mode breakers never act, which is how one stays closed under a fault. */
export type FaultyMediators = Readonly<Record<BreakerState, Faulty>>;

/** How pages were under one condition. */
export interface FaultTurn {
  readonly condition: Condition;
  readonly breaker: BreakerState;
  readonly load: LoadOutcome;
}

export interface FaultRound {
  readonly turns: readonly FaultTurn[];
  readonly control: ControlReading;
  readonly kept: boolean;
}

export interface FaultEffort {
  readonly plan: FaultPlan;
  /** Called before each turn. */
  readonly onTurn: (what: string) => void;
}

/** Every condition in each round, with breakers closed and then open, and all sources healthy again in between. */
export async function measureFaults(
  instruments: Instruments,
  mediators: FaultyMediators,
  { plan, onTurn }: FaultEffort,
): Promise<Rounds<FaultRound>> {
  const { requestsPerSecond, seconds, openingSeconds } = plan;
  onTurn('faults: warm-up');
  for (const { server } of Object.values(mediators)) {
    await put(server, plan.warmUpSeconds).catch(ignoreIncomplete);
  }
  return undisturbedRounds(plan.rounds, measureRound);

  async function measureRound(round: number): Promise<Omit<FaultRound, 'kept'>> {
    const turns: FaultTurn[] = [];
    const controls: Turn[] = [];
    for (const condition of rotated(conditions, round)) {
      for (const breaker of breakerStates) {
        onTurn(`faults, round ${round + 1}: ${condition}, breaker ${breaker}`);
        const { server, set, recover } = mediators[breaker];
        await set(condition);
        try {
          if (breaker === 'open' && condition !== 'healthy') await put(server, openingSeconds);
          const { turn, control } = await put(server, seconds);
          turns.push({ condition, breaker, load: turn.load });
          controls.push(control);
        } finally {
          await recover();
        }
      }
    }
    return { turns, control: readingOf(controls) };
  }

  function put(server: Faulty['server'], forSeconds: number) {
    return measureTurn(instruments, server, { requestsPerSecond, seconds: forSeconds });
  }
}
