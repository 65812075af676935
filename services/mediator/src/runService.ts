import type http from 'node:http';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { readSettings, type WorkerConfig } from './config.ts';
import { FileRefused } from './fileRefused.ts';
import { createLog } from './observability/createLog.ts';

/** A process's work, wired and not yet listening. */
export interface Service {
  readonly server: http.Server;
  /** Resolves when it is worth listening. */
  start(): Promise<void>;
  /** Refuses to be ready, lets what is in flight finish, then lets go of everything. */
  stop(): Promise<void>;
}

export interface ServiceKind<Settings extends WorkerConfig> {
  /** As it calls itself in its log and its complaints. */
  readonly name: string;
  readonly settings: z.ZodType<Settings>;
  readonly create: (config: Readonly<Settings>, log: Logger) => Service;
}

/** The life of a process of ours: read settings, start, listen; drain and exit on a signal or when its launcher dies. */
export function runService<Settings extends WorkerConfig>(kind: ServiceKind<Settings>): void {
  const settings = readSettings(kind.settings, process.env);
  if (!settings.ok) {
    process.stderr.write(`The ${kind.name} cannot start; set these environment variables:\n`);
    for (const fault of settings.faults) process.stderr.write(`  ${fault}\n`);
    process.exit(1);
  }
  const { config } = settings;
  const log = createLog(config.LOG_LEVEL, kind.name);
  const service = createOrExplain(() => kind.create(config, log), kind.name);
  let stopping = false;
  void service.start().then(() => {
    if (stopping) return;
    service.server.listen(config.PORT, config.HOST, () => log.info({ port: config.PORT }, 'listening'));
  });

  const stop = async (cause: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ cause }, 'draining');
    await service.stop();
    log.info('stopped');
    // A launcher's open channel would keep the process alive.
    if (process.connected) process.disconnect();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
  // A launcher that dies without a signal closes its channel.
  process.once('disconnect', () => void stop('launcher gone'));
}

/** What is wrong with a file that somebody wrote is told as a sentence, not as a stack. */
function createOrExplain(create: () => Service, name: string): Service {
  try {
    return create();
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    process.stderr.write(`The ${name} cannot start: ${error.message}\n`);
    process.exit(1);
  }
}
