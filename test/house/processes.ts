import { type StartOptions, startProcess } from '@widget-mediator/launcher';
import type { Control } from './house.ts';

/** What runs, as we know it: ended only by its own pid. */
export interface Running {
  readonly pid: number;
  stop(): Promise<void>;
}

/** The services of a house, as processes. */
export interface Processes {
  readonly control: Control;
  /** Starts a service and remembers how. */
  add(name: string, start: () => Promise<Running>): Promise<void>;
  /** Takes over a service that somebody else started and stops. */
  adopt(name: string, running: Running, start: () => Promise<Running>): void;
  /** Ends what was started here, the last first. */
  stop(): Promise<void>;
}

export function createProcesses(): Processes {
  const services = new Map<string, { running: Running; start: () => Promise<Running>; ours: boolean }>();
  const find = (name: string) => {
    const service = services.get(name);
    if (service === undefined) throw new Error(`there is no service ${name}`);
    return service;
  };
  const send = async (name: string, signal: NodeJS.Signals): Promise<void> => {
    process.kill(find(name).running.pid, signal);
  };
  const startAgain = async (name: string): Promise<void> => {
    const { start } = find(name);
    services.set(name, { running: await start(), start, ours: true });
  };

  return {
    control: {
      kill: (name) => send(name, 'SIGKILL'),
      hang: (name) => send(name, 'SIGSTOP'),
      resume: (name) => send(name, 'SIGCONT'),
      start: startAgain,
      async restart(name) {
        await find(name).running.stop();
        await startAgain(name);
      },
    },
    async add(name, start) {
      services.set(name, { running: await start(), start, ours: true });
    },
    adopt(name, running, start) {
      services.set(name, { running, start, ours: false });
    },
    async stop() {
      const ours = [...services.values()].filter((service) => service.ours);
      for (const { running } of ours.reverse()) await running.stop();
    },
  };
}

/** A way to start a service of the launcher's making. */
export const starting = (plan: StartOptions) => (): Promise<Running> => startProcess(plan);
