import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { errorCode } from '../errorFacts.ts';

const HOST = '127.0.0.1';

/** Below what systems hand out by themselves, so that no connection takes the port between our look and its use. */
const PORTS = { first: 20_000, count: 10_000 };

/** Ports of its own for the embedded Redis, so that it does not draw one that was chosen for somebody who starts later. */
export const REDIS_PORTS = { first: 30_000, count: 2_000 };
const ATTEMPTS = 100;

/** A port that was free a moment ago. */
export async function findFreePort({ first, count } = PORTS): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = first + randomInt(count);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${first} to ${first + count - 1} in ${ATTEMPTS} attempts`);
}

/** Why a port cannot be listened on, or undefined when it can. */
export async function whyNotFree(port: number): Promise<'taken' | 'not permitted' | undefined> {
  const server = createServer();
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EADDRINUSE') return 'taken';
    if (code === 'EACCES') return 'not permitted';
    throw error;
  }
  server.close();
  await once(server, 'close');
  return undefined;
}

export const isFree = async (port: number): Promise<boolean> => (await whyNotFree(port)) === undefined;
