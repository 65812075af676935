import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
const integer = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);

/** The settings of a recommender, as environment variables. */
export const Environment = z
  .object({
    MEDIATOR_URL: httpUrl.describe('Where it registers and publishes.'),
    API_KEY: z.string().describe("The team's key, with the scope publish."),
    PORT: integer.pipe(z.int().max(65_535)).describe('Where it listens; 0 takes a free port.'),
    HOST: z.string().default('127.0.0.1').describe('The address it listens on; 0.0.0.0 in a container.'),
    PUBLIC_URL: httpUrl
      .optional()
      .describe('How the mediator reaches it; needed when HOST is 0.0.0.0 or ::, else where it listens.'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info')
      .describe('The least that is logged.'),
    HEARTBEAT_MS: integer
      .pipe(z.int().min(100).max(3_600_000))
      .default(30_000)
      .describe(
        'How often it registers again, and publishes what has changed or is half-way through its ttlMs.',
      ),
  })
  .refine(({ HOST, PUBLIC_URL }) => PUBLIC_URL !== undefined || !['0.0.0.0', '::'].includes(HOST), {
    path: ['PUBLIC_URL'],
    message: 'is needed, because nobody can call HOST',
  });

/** See packages/recommender-host/README.md for what each is. */
export type Config = {
  readonly mediatorUrl: string;
  readonly apiKey: string;
  readonly port: number;
  readonly host: string;
  /** Where the mediator finds us, without a trailing slash; where we listen when absent. */
  readonly publicUrl: string | undefined;
  readonly logLevel: string;
  readonly heartbeatMs: number;
};

/** Every fault of the environment, one a line. Names variables, never their values: one is a key. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** An empty variable counts as absent, as compose files write it. @throws ConfigError */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  const { data, error } = Environment.safeParse(present);
  if (!data) {
    const faults = error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
    throw new ConfigError(faults.join('\n'));
  }
  return Object.freeze({
    mediatorUrl: data.MEDIATOR_URL,
    apiKey: data.API_KEY,
    port: data.PORT,
    host: data.HOST,
    publicUrl: data.PUBLIC_URL,
    logLevel: data.LOG_LEVEL,
    heartbeatMs: data.HEARTBEAT_MS,
  });
}
