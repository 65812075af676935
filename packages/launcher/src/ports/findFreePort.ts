import { once } from 'node:events';
import { createServer } from 'node:net';
import { errorCode } from '../errorFacts.ts';

const HOST = '127.0.0.1';

/** A port that was free a moment ago, chosen by the system. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
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
