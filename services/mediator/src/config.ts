import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

/** The settings of the mediator, as environment variables. Nothing here can mean "no limit". */
export const Config = z.object({
  PORT: port.default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  REDIS_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/)
    .default('wm'),
  KEYS_FILE: z.string().min(1),
  LAYOUT_FILE: z.string().min(1).optional(),
  TOKEN_SECRET: z.string().min(32),
  SOURCE_ALLOW_LIST: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((host) => host.trim())
        .filter((host) => host !== ''),
    ),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  RESYNC_EVERY_MS: z.coerce.number().int().min(100).max(3_600_000).default(30_000),
  STATISTICS_EVERY_MS: z.coerce.number().int().min(100).max(3_600_000).default(60_000),
  STORE_TIMEOUT_MS: z.coerce.number().int().min(50).max(10_000).default(1_000),
  DRAIN_MS: z.coerce.number().int().min(0).max(120_000).default(5_000),
});
export type Config = Readonly<z.infer<typeof Config>>;

/** The settings in `environment`, or every fault of them at once. */
export function readConfig(
  environment: NodeJS.ProcessEnv,
): { ok: true; config: Config } | { ok: false; faults: string[] } {
  const parsed = Config.safeParse(environment);
  if (parsed.success) return { ok: true, config: Object.freeze(parsed.data) };
  return {
    ok: false,
    faults: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  };
}
