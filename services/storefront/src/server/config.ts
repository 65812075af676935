import { z } from 'zod';

const httpOrigin = z.url({ protocol: /^https?$/, error: 'must be an http: or https: URL' });
const key = z.string().min(1).max(512);

/** An empty variable means an absent one: compose files write `OPERATOR_KEY=` for "none". */
const absentWhenEmpty = (value: unknown) => (value === '' ? undefined : value);

/** The settings of the storefront, as environment variables. */
export const Environment = z.object({
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(4000)
    .describe('Where it listens; 0 takes a free port.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('The address it listens on; 0.0.0.0 in a container.'),
  MEDIATOR_URL: httpOrigin.describe('Where it gets its pages.'),
  READ_KEY: key.describe('A key with the scope read: it vouches for viewers.'),
  OPERATOR_KEY: z
    .preprocess(absentWhenEmpty, key.optional())
    .describe('A key with the scope operate; without one, pages cannot be explained.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('The least that is logged.'),
});

/** What the server is told at start. The keys stay here: they go to the mediator and never to a browser. */
export type Config = {
  readonly port: number;
  readonly host: string;
  readonly mediatorUrl: string;
  readonly readKey: string;
  /** Without one, pages cannot be explained. */
  readonly operatorKey: string | undefined;
  readonly logLevel: string;
};

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly issues: readonly string[] };

/** Reads the environment; reports every fault at once, so that a start needs one correction. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    return { ok: false, issues };
  }
  const { PORT, HOST, MEDIATOR_URL, READ_KEY, OPERATOR_KEY, LOG_LEVEL } = parsed.data;
  const config = Object.freeze({
    port: PORT,
    host: HOST,
    mediatorUrl: MEDIATOR_URL,
    readKey: READ_KEY,
    operatorKey: OPERATOR_KEY,
    logLevel: LOG_LEVEL,
  });
  return { ok: true, config };
}
