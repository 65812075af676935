import { resolve } from 'node:path';
import { z } from 'zod';

const absentWhenEmpty = (value: unknown) => (value === '' ? undefined : value);
const port = (byDefault: number) =>
  z.preprocess(absentWhenEmpty, z.coerce.number().int().min(1).max(65_000).default(byDefault));

/** The settings of `npm start`, as environment variables. */
export const Environment = z.object({
  STOREFRONT_PORT: port(3000).describe('Where the storefront listens.'),
  MEDIATOR_PORT: port(4000).describe('Where the mediator listens.'),
  RECOMMENDERS_PORT: port(4101).describe('Where the first recommender listens; the others follow.'),
  DATA_DIR: z
    .preprocess(absentWhenEmpty, z.string().default('.data'))
    .describe("The folder for Redis' append-only file, the hashes of the keys and the token secret."),
  REDIS_URL: z
    .preprocess(absentWhenEmpty, z.url({ protocol: /^rediss?$/ }).optional())
    .describe('Use this Redis instead of one of its own.'),
  LOG_LEVEL: z
    .preprocess(absentWhenEmpty, z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'))
    .describe('The least that is logged, by all processes.'),
});

/** The first port of each kind; 0 asks for free ones. Recommenders get consecutive ports. */
export interface Ports {
  readonly storefront: number;
  readonly mediator: number;
  readonly recommenders: number;
}

export type LogLevel = z.infer<typeof Environment>['LOG_LEVEL'];

export interface Config {
  readonly ports: Ports;
  /** Absolute. */
  readonly dataDir: string;
  readonly redisUrl: string | undefined;
  readonly logLevel: LogLevel;
}

/** The settings in `environment`, or every fault of them at once. Folders are relative to `root`. */
export function readConfig(
  environment: Readonly<NodeJS.ProcessEnv>,
  root: string,
):
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly string[] } {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    return {
      ok: false,
      faults: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    };
  }
  const { STOREFRONT_PORT, MEDIATOR_PORT, RECOMMENDERS_PORT, DATA_DIR, REDIS_URL, LOG_LEVEL } = parsed.data;
  const config = Object.freeze({
    ports: { storefront: STOREFRONT_PORT, mediator: MEDIATOR_PORT, recommenders: RECOMMENDERS_PORT },
    dataDir: resolve(root, DATA_DIR),
    redisUrl: REDIS_URL,
    logLevel: LOG_LEVEL,
  });
  return { ok: true, config };
}
