import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { type Config, readConfig } from './config.ts';
import { createApp } from './createApp.ts';
import { createMediator, type Mediator } from './mediator.ts';
import { loadViewers } from './viewers.ts';

const result = readConfig(process.env);
if (result.ok) start(result.config);
else refuse(result.issues);

function start(config: Config): void {
  const log = pino({ level: config.logLevel, base: { service: 'storefront' } });
  const mediator = createMediator(config);
  const webRoot = join(import.meta.dirname, '..', 'web');
  const server = createServer(createApp({ mediator, viewers: loadViewers(), webRoot, log }));
  server.once('error', (error) => {
    log.fatal({ err: error }, 'cannot listen');
    process.exit(1);
  });
  server.listen(config.port, config.host, () => log.info({ address: server.address() }, 'listening'));
  closeOnSignal(server, mediator, log);
}

function refuse(issues: readonly string[]): void {
  process.stderr.write(`The storefront cannot start:\n${issues.map((issue) => `  ${issue}\n`).join('')}`);
  process.exitCode = 1;
}

/** Browsers keep idle connections open and the mediator may hang: neither may hold up a stop for longer. */
const GRACE_MS = 3_000;

/** `disconnect` comes when a launcher that started us with an IPC channel is gone, however it went. */
function closeOnSignal(server: Server, mediator: Mediator, log: Logger): void {
  let closing = false;
  const close = (cause: string) => {
    if (closing) return;
    closing = true;
    log.info({ cause }, 'closing');
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
    server.close(() => void mediator.close().finally(() => process.exit(0)));
    server.closeIdleConnections();
  };
  process.once('SIGTERM', () => close('SIGTERM'));
  process.once('SIGINT', () => close('SIGINT'));
  process.once('disconnect', () => close('disconnect'));
}
