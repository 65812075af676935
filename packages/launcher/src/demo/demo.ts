import type { LogLevel, Ports } from '../config.ts';
import type { DemoKeys } from '../keys/createKeys.ts';
import type { RunningRedis } from '../redis/startRedis.ts';
import type { DemoFacts, DemoPlan } from './demoProcesses.ts';

export interface DemoOptions {
  /** The top folder of the repository. */
  readonly root: string;
  readonly ports: Ports;
  readonly dataDir: string;
  readonly redisUrl?: string | undefined;
  /** Uses the JavaScript Redis even where there is a real one. */
  readonly redisKind?: 'javascript' | undefined;
  readonly logLevel?: LogLevel | undefined;
  /** Shows progress and notes, but not what the children log. */
  readonly quiet?: boolean | undefined;
  readonly colour?: boolean | undefined;
  /** Gets what is for people, line by line. Default: nobody. */
  readonly print?: ((line: string) => void) | undefined;
  /** Gives up the start, and stops what was started. */
  readonly signal?: AbortSignal | undefined;
  /** Where PATH and the like come from. Default: our own environment. */
  readonly environment?: Readonly<NodeJS.ProcessEnv> | undefined;
  /** Tests put other processes in. */
  readonly processes?: ((facts: DemoFacts) => DemoPlan) | undefined;
  /** How long to wait for the first content on the page. Default 15 s. */
  readonly firstContentMs?: number | undefined;
}

export interface Demo {
  readonly urls: {
    readonly storefront: string;
    readonly mediator: string;
    readonly redis: string;
    readonly recommenders: ReadonlyMap<string, string>;
  };
  readonly keys: DemoKeys;
  readonly redis: RunningRedis;
  /** Everything that was started, in order; `pid` changes when one is started again. */
  readonly processes: () => readonly { readonly name: string; readonly pid: number }[];
  /** Resolves with a sentence when the demo cannot go on: the mediator or Redis kept ending. */
  readonly failed: Promise<string>;
  /** Stops storefront and recommenders, then the mediator, then Redis. */
  readonly stop: () => Promise<void>;
}
