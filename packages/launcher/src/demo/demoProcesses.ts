import { join } from 'node:path';
import type { LogLevel } from '../config.ts';
import type { DemoKeys } from '../keys/createKeys.ts';
import type { StartOptions } from '../process/startProcess.ts';
import type { DemoPorts } from './demoPorts.ts';
import { teamOf } from './teamOf.ts';

export interface DemoFacts {
  readonly root: string;
  readonly ports: DemoPorts;
  readonly keys: DemoKeys;
  readonly keysFile: string;
  readonly tokenSecret: string;
  readonly redisUrl: string;
  readonly logLevel: LogLevel;
  /** What every child gets, such as PATH. */
  readonly environment: Readonly<Record<string, string>>;
}

export type ProcessPlan = Pick<StartOptions, 'name' | 'run' | 'env' | 'healthUrl'>;

export interface DemoPlan {
  readonly mediator: ProcessPlan;
  /** Started together, once the mediator is ready. */
  readonly recommenders: readonly ProcessPlan[];
  readonly storefront: ProcessPlan;
}

const HOST = '127.0.0.1';
export const urlOf = (port: number): string => `http://${HOST}:${port}`;

/** Which processes the demo has, besides Redis, and what each is told. */
export function demoProcesses(facts: DemoFacts): DemoPlan {
  const services = join(facts.root, 'services');
  const common = { ...facts.environment, HOST, LOG_LEVEL: facts.logLevel };
  const mediatorUrl = urlOf(facts.ports.mediator);

  const mediator: ProcessPlan = {
    name: 'mediator',
    run: { entry: join(services, 'mediator', 'dist', 'main.js') },
    env: {
      ...common,
      PORT: String(facts.ports.mediator),
      REDIS_URL: facts.redisUrl,
      KEYS_FILE: facts.keysFile,
      TOKEN_SECRET: facts.tokenSecret,
      SOURCE_ALLOW_LIST: HOST,
    },
    healthUrl: `${mediatorUrl}/readyz`,
  };
  const recommenders = [...facts.ports.recommenders].map(([name, port]): ProcessPlan => {
    const url = urlOf(port);
    return {
      name,
      run: { entry: join(services, 'recommenders', name, 'dist', 'main.js') },
      env: {
        ...common,
        PORT: String(port),
        PUBLIC_URL: url,
        MEDIATOR_URL: mediatorUrl,
        API_KEY: facts.keys.teams.get(teamOf(name)) ?? '',
      },
      healthUrl: `${url}/healthz`,
    };
  });
  const storefront: ProcessPlan = {
    name: 'storefront',
    run: { entry: join(services, 'storefront', 'dist', 'server', 'main.js') },
    env: {
      ...common,
      PORT: String(facts.ports.storefront),
      MEDIATOR_URL: mediatorUrl,
      READ_KEY: facts.keys.storefront,
      OPERATOR_KEY: facts.keys.operator,
    },
    healthUrl: `${urlOf(facts.ports.storefront)}/healthz`,
  };
  return { mediator, recommenders, storefront };
}
