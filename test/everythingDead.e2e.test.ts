import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Page } from '@widget-mediator/contracts';
import { layoutInput } from './support/layouts.ts';
import { joined, openCallTo } from './support/pageStream.ts';
import { until } from './support/until.ts';

const main = join(__dirname, '..', 'services', 'mediator', 'dist', 'main.js');
const readKey = 'wm_reader_secret-of-the-frontend';

let folder: string;
let mediator: ChildProcess;
let output = '';
let port: number;

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as AddressInfo;
      server.close(() => resolve(free));
    });
  });
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mediator-alone-'));
  port = await freePort();
  const sha256 = createHash('sha256').update(readKey).digest('hex');
  mediator = spawn(process.execPath, [main], {
    env: {
      PORT: String(port),
      REDIS_URL: `redis://127.0.0.1:${await freePort()}`,
      KEYS_FILE: file('keys.json', { keys: [{ id: 'reader', team: 'frontend', scopes: ['read'], sha256 }] }),
      LAYOUT_FILE: file('layout.json', layoutInput({ pageSize: 2 })),
      TOKEN_SECRET: 'a secret of at least thirty-two characters',
    },
  });
  for (const stream of [mediator.stdout, mediator.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  await until('it listens', () => output.includes('listening'), 20_000);
});
afterAll(async () => {
  mediator.kill('SIGTERM');
  await new Promise((resolve) => mediator.once('close', resolve));
  rmSync(folder, { recursive: true, force: true });
});

const placementsOf = ({ placements }: Page) =>
  placements.map(({ placement, widget }) => [placement, widget.id, widget.provenance]);

/** A page, by whichever way it can be asked for. */
async function ask(context: Record<string, string | number>, way: string): Promise<Page> {
  const accept = way.endsWith('stream') ? 'application/x-ndjson' : 'application/json';
  const query = new URLSearchParams(
    Object.entries(context).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const call = way.startsWith('POST')
    ? openCallTo(port, { body: context, accept, key: readKey })
    : openCallTo(port, { path: `/v1/homepage?${query}`, accept, key: readKey });
  expect(await call.status).toBe(200);
  await call.ended;
  return way.endsWith('stream') ? joined(call.lines()) : Page.parse(JSON.parse(call.text()));
}

test.each(['GET json', 'POST json', 'GET stream', 'POST stream'])(
  'a mediator that never saw a Redis gives a full page and what comes below it: %s',
  async (way) => {
    for (const context of [{}, { user: 'u1', deadlineMs: 20 }]) {
      const top = await ask(context, way);
      expect(placementsOf(top)).toEqual([
        ['hero', 'editors-1', 'editorial'],
        ['row-1', 'editors-2', 'editorial'],
      ]);
      const below = await ask({ ...context, cursor: top.nextCursor ?? '' }, way);
      expect(placementsOf(below)).toEqual([['row-2', 'editors-3', 'editorial']]);
    }
    expect(output).not.toContain('"level":50');
  },
);
