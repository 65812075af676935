import { z } from 'zod';

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const ofEveryProcess = {
  PORT: whole(0, 65_535).default(4000).describe('Where it listens; 0 takes a free port.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('The address it listens on; 0.0.0.0 in a container.'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .describe('The Redis that keeps registrations and publications.'),
  REDIS_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/)
    .default('wm')
    .describe('What every key begins with, so that several mediators can share a Redis.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('`info` is one line a page; `warn` is what went wrong.'),
  RESYNC_EVERY_MS: whole(100, 3_600_000)
    .default(30_000)
    .describe('How often memory is compared with Redis, and ended takedowns are removed.'),
  STATISTICS_EVERY_MS: whole(100, 3_600_000)
    .default(60_000)
    .describe("How often the strategies' statistics are built from sampled pages."),
  UPKEEP_EVERY_MS: whole(1_000, 3_600_000)
    .default(300_000)
    .describe('How often failed jobs are tried again, left-over content is removed, and a report is logged.'),
  STORE_TIMEOUT_MS: whole(50, 10_000)
    .default(1_000)
    .describe('How long a command may take before Redis counts as away.'),
  DRAIN_MS: whole(0, 120_000).default(5_000).describe('How long requests in flight may go on after SIGTERM.'),
};

/** The settings of the mediator, as environment variables. Nothing here can mean "no limit". */
export const Config = z.object({
  ...ofEveryProcess,
  KEYS_FILE: z.string().min(1).describe('The JSON file of API keys: team, scopes and hash of each.'),
  LAYOUT_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The JSON file of the homepage’s layout, or a folder of one for each device; the one that is shipped when absent.',
    ),
  TOKEN_SECRET: z.string().min(32).describe('Signs the tokens of shown widgets; the same for all mediators.'),
  SOURCE_ALLOW_LIST: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((host) => host.trim())
        .filter((host) => host !== ''),
    )
    .describe(
      'Hosts that pull endpoints may name, comma-separated, `host` or `host:port`; empty allows none.',
    ),
  WIDGETS_PER_TEAM: whole(1, 100_000).default(500).describe('How many widgets one team may have registered.'),
  SHED_PUBLISHING_DELAY_MS: whole(10, 60_000)
    .default(200)
    .describe('Mean delay of the event loop from which on publications are refused, so that pages go on.'),
  SHED_PAGES_DELAY_MS: whole(10, 60_000)
    .default(1_000)
    .describe('From which on pages are shed as well; never before publications.'),
  MAX_PAGES_AT_ONCE: whole(2, 100_000)
    .default(1_000)
    .describe(
      'Pages that are made at the same time; beyond them pages are shed, and at half of them publications.',
    ),
  JOBS: z
    .enum(['here', 'apart'])
    .default('here')
    .describe('`apart` leaves the jobs (expiry, sweep, statistics) to worker processes.'),
});
export type Config = Readonly<z.infer<typeof Config>>;

/** The settings of a worker: `services/mediator/dist/workerMain.js`. */
export const WorkerConfig = z.object(ofEveryProcess);
export type WorkerConfig = Readonly<z.infer<typeof WorkerConfig>>;

/** The settings in `environment` that `schema` asks for, or every fault of them at once. */
export function readSettings<Settings extends object>(
  schema: z.ZodType<Settings>,
  environment: NodeJS.ProcessEnv,
): { ok: true; config: Readonly<Settings> } | { ok: false; faults: string[] } {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return { ok: true, config: Object.freeze(parsed.data) };
  return {
    ok: false,
    faults: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  };
}
