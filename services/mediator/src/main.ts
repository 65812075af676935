import { readConfig } from './config.ts';
import { FileRefused } from './fileRefused.ts';
import { createMediator, type Mediator } from './mediator.ts';
import { createLog } from './observability/createLog.ts';

const settings = readConfig(process.env);
if (!settings.ok) {
  process.stderr.write(`The mediator cannot start; set these environment variables:\n`);
  for (const fault of settings.faults) process.stderr.write(`  ${fault}\n`);
  process.exit(1);
}

const { config } = settings;
const log = createLog(config.LOG_LEVEL);
const mediator = createOrExplain();
mediator.start();
mediator.server.listen(config.PORT, config.HOST, () => log.info({ port: config.PORT }, 'listening'));

let stopping = false;
const stop = async (cause: string): Promise<void> => {
  if (stopping) return;
  stopping = true;
  log.info({ cause }, 'draining');
  await mediator.stop();
  log.info('stopped');
  // A launcher's open channel would keep the process alive.
  if (process.connected) process.disconnect();
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
// A launcher that dies without a signal closes its channel.
process.once('disconnect', () => void stop('launcher gone'));

/** What is wrong with a file that somebody wrote is told as a sentence, not as a stack. */
function createOrExplain(): Mediator {
  try {
    return createMediator(config, log);
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    process.stderr.write(`The mediator cannot start: ${error.message}\n`);
    process.exit(1);
  }
}
