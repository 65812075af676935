import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findFreePort, type RunningRedis, startDemo, startRedis } from '@widget-mediator/launcher';
import { Redis } from 'ioredis';
import { testWithRealRedis } from './support/needs.ts';
import { until } from './support/until.ts';

jest.setTimeout(60_000);

const built = join(__dirname, '..', 'packages', 'launcher', 'dist');
const temporary = mkdtempSync(join(tmpdir(), 'launcher-e2e-'));
const atEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

let folders = 0;
function newFolder(): string {
  folders += 1;
  const folder = join(temporary, String(folders));
  mkdirSync(folder);
  return folder;
}

async function started(options: Parameters<typeof startRedis>[0]): Promise<RunningRedis> {
  const redis = await startRedis(options);
  atEnd.push(() => redis.stop());
  return redis;
}

function connected(redis: RunningRedis): Redis {
  const client = new Redis(redis.url, { retryStrategy: () => null });
  client.on('error', () => {});
  // ioredis holds the process for two seconds when it disconnects what is disconnected.
  atEnd.push(() => client.status !== 'end' && client.disconnect());
  return client;
}

describe('startRedis', () => {
  testWithRealRedis('keeps what it acknowledged when the server is killed', async () => {
    const dataDir = newFolder();
    const redis = await started({ dataDir });
    expect(redis.kind).toMatch(/^(redis|valkey)-server$/);
    const client = connected(redis);
    const writes = Array.from({ length: 500 }, (_, n) => client.set(`key-${n}`, `value-${n}`));
    await Promise.all(writes);
    process.kill(redis.pid, 'SIGKILL');
    expect((await redis.exited).how).toBe('by SIGKILL');

    const again = connected(await started({ dataDir, port: redis.port }));
    expect(await again.dbsize()).toBe(500);
    expect(await again.get('key-499')).toBe('value-499');
    expect(await again.config('GET', 'maxmemory-policy')).toContain('noeviction');
  });

  testWithRealRedis('runs two at once, but never on one data folder', async () => {
    const [dataDir, other] = [newFolder(), newFolder()];
    const [one, two] = await Promise.all([started({ dataDir }), started({ dataDir: other })]);
    expect(one.url).not.toBe(two.url);
    await expect(startRedis({ dataDir })).rejects.toThrow(/in use by another Redis .*DATA_DIR=/);
    await one.stop();
    await started({ dataDir });
  });

  it('runs one in JavaScript where there is no other', async () => {
    const redis = await started({ dataDir: newFolder(), environment: { PATH: newFolder() } });
    expect(redis.kind).toBe('javascript');
    const [client, listener] = [connected(redis), connected(redis)];
    const heard: string[] = [];
    listener.on('message', (_channel, message: string) => heard.push(message));
    await listener.subscribe('changes');

    expect(await client.ping()).toBe('PONG');
    await client.set('a', '1');
    expect(await client.get('a')).toBe('1');
    const script = `redis.call('HSET', KEYS[1], 'field', ARGV[1]) return redis.call('PUBLISH', ARGV[2], ARGV[1])`;
    expect(await client.eval(script, 1, 'hash', 'value', 'changes')).toBe(1);
    expect(await client.hgetall('hash')).toEqual({ field: 'value' });
    await until('the message is heard', () => heard.length > 0);
    expect(heard).toEqual(['value']);

    await redis.stop();
    expect(isAlive(redis.pid)).toBe(false);
  });

  it('uses an external one and never stops it', async () => {
    const own = await started({ dataDir: newFolder() });
    const external = await startRedis({ dataDir: newFolder(), url: own.url });
    expect(external.kind).toBe('external');
    await external.stop();
    expect(await connected(own).ping()).toBe('PONG');
  });

  it('says what to do about an external one that does not answer, without its password', async () => {
    const url = `redis://:secret@127.0.0.1:${await findFreePort()}`;
    const attempt = startRedis({ dataDir: newFolder(), url });
    await expect(attempt).rejects.toThrow(/does not answer: .*ECONNREFUSED.* or unset it/);
    await expect(attempt).rejects.not.toThrow(/secret/);
  });
});

/** A service that is healthy at once and goes on SIGTERM; the mediator's has a page with something fresh. */
const goodStub = `
const page = { placements: [{ widget: { provenance: 'fresh' } }] };
const server = require('node:http').createServer((request, response) => {
  response.end(request.url.startsWith('/v1/homepage') ? JSON.stringify(page) : 'ok');
});
server.listen(Number(process.env.PORT), process.env.HOST, () => {
  console.log(JSON.stringify({ level: 30, time: Date.now(), port: Number(process.env.PORT), msg: 'stub listens' }));
});
const stop = () => { server.close(); server.closeAllConnections(); };
process.once('SIGTERM', stop);
process.once('disconnect', stop);
`;
const dyingStub = `console.log('about to'); console.error('the disk is on fire'); process.exit(7);`;
const stubbornStub = `${goodStub}\nprocess.removeAllListeners('SIGTERM'); process.on('SIGTERM', () => {}); process.on('SIGINT', () => {});`;

/** A repository whose services are stubs. */
function stubRepository(stubs: Partial<Record<'mediator' | 'popular' | 'storefront', string>> = {}): string {
  const root = newFolder();
  const entries = {
    mediator: 'services/mediator/dist/main.js',
    popular: 'services/recommenders/popular/dist/main.js',
    storefront: 'services/storefront/dist/server/main.js',
  } as const;
  for (const name of ['mediator', 'popular', 'storefront'] as const) {
    const path = join(root, entries[name]);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, stubs[name] ?? goodStub);
  }
  const runner = `
    import { launch } from ${JSON.stringify(pathToFileURL(join(built, 'launch.js')).href)};
    process.exitCode = await launch({
      root: ${JSON.stringify(root)}, environment: process.env, args: process.argv.slice(2), colour: false,
      print: (text) => process.stdout.write(text + '\\n'), complain: (text) => process.stderr.write(text + '\\n'),
    });`;
  writeFileSync(join(root, 'launch.mjs'), runner);
  return root;
}

interface Launched {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly output: () => string;
  readonly exit: Promise<unknown[]>;
}

async function portsFrom(): Promise<Record<string, string>> {
  const [storefront, mediator, recommenders] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ];
  return {
    STOREFRONT_PORT: String(storefront),
    MEDIATOR_PORT: String(mediator),
    RECOMMENDERS_PORT: String(recommenders),
  };
}

/** The built launcher as a process of its own, as `npm start` runs it. */
function launched(root: string, environment: Record<string, string>): Launched {
  const { REDIS_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(root, 'launch.mjs')], {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the launcher could not be started');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  atEnd.push(() => child.kill('SIGKILL'));
  return { child, pid, output: () => output, exit: once(child, 'close') };
}

async function ready(root: string, environment: Record<string, string>): Promise<Launched> {
  const launcher = launched(root, environment);
  const done = () =>
    launcher.output().includes('Ctrl-C stops everything') || launcher.child.exitCode !== null;
  await until('the launcher is ready', done, 30_000);
  if (launcher.child.exitCode !== null) throw new Error(launcher.output());
  return launcher;
}

/** Redis, the stubs and the launcher's watchdog. */
function childrenOf(pid: number): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
  return pairs
    .filter(([, parent]) => parent === pid)
    .flatMap(([child]) => (child === undefined ? [] : [child]));
}

/** A zombie is gone: it waits only for its new parent to look. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

const allGone = (pids: readonly number[]) => until('all are gone', () => !pids.some(isAlive), 10_000);

describe('the launcher', () => {
  it('starts everything, and a signal stops everything', async () => {
    const root = stubRepository();
    const ports = await portsFrom();
    const launcher = await ready(root, ports);
    const children = childrenOf(launcher.pid);
    expect(children).toHaveLength(5);
    expect(launcher.output()).toContain(
      `curl -s 'http://127.0.0.1:${ports['MEDIATOR_PORT']}/v1/homepage?device=web'`,
    );
    expect(launcher.output()).toMatch(/^mediator +\| \[[\d:]+\] INFO: stub listens/m);

    process.kill(launcher.pid, 'SIGINT');
    expect(await launcher.exit).toEqual([0, null]);
    expect(launcher.output()).toMatch(/Stopped\.\n$/);
    expect(launcher.output()).not.toContain('ended');
    await allGone(children);
  });

  it('keeps the token secret over a restart, makes new keys, and lets nobody else read them', async () => {
    const root = stubRepository();
    const kept: { secret: string; keys: string }[] = [];
    for (let start = 0; start < 2; start += 1) {
      const demo = await startDemo({ root, dataDir: join(root, '.data'), ports: freePorts });
      atEnd.push(() => demo.stop());
      await demo.stop();
      const [secret, keys] = [join(root, '.data', 'token-secret'), join(root, '.data', 'keys.json')];
      for (const path of [secret, keys]) expect(statSync(path).mode & 0o077).toBe(0);
      kept.push({ secret: readFileSync(secret, 'utf8'), keys: readFileSync(keys, 'utf8') });
      expect(kept[start]?.keys).not.toContain(demo.keys.operator);
    }
    expect(kept[1]?.secret).toBe(kept[0]?.secret);
    expect(kept[1]?.keys).not.toBe(kept[0]?.keys);
  });

  it('leaves nothing running when it is killed', async () => {
    const launcher = await ready(stubRepository({ popular: stubbornStub }), await portsFrom());
    const children = childrenOf(launcher.pid);
    expect(children).toHaveLength(5);
    process.kill(launcher.pid, 'SIGKILL');
    await allGone(children);
  });

  it('stops at once when it is asked a second time', async () => {
    const launcher = await ready(stubRepository({ popular: stubbornStub }), await portsFrom());
    const children = childrenOf(launcher.pid);
    process.kill(launcher.pid, 'SIGINT');
    await until('it says that it stops', () => launcher.output().includes('Stopping'));
    // A repeated one within half a second is npm's echo of the first, so it is sent until it is taken as a second.
    const again = setInterval(() => launcher.child.exitCode === null && launcher.child.kill('SIGINT'), 100);
    expect(await launcher.exit).toEqual([130, null]);
    clearInterval(again);
    await allGone(children);
  });

  it('stops cleanly while it still starts', async () => {
    const launcher = launched(stubRepository({ mediator: 'setInterval(() => {}, 1000)' }), await portsFrom());
    await until('redis is up', () => launcher.output().includes('✓ redis'));
    const children = childrenOf(launcher.pid);
    process.kill(launcher.pid, 'SIGINT');
    expect(await launcher.exit).toEqual([0, null]);
    await allGone(children);
  });

  it('names all taken ports before it starts anything', async () => {
    const ports = await portsFrom();
    for (const name of ['MEDIATOR_PORT', 'STOREFRONT_PORT']) {
      const server = createServer().listen(Number(ports[name]), '127.0.0.1');
      await once(server, 'listening');
      atEnd.push(() => server.close());
    }
    const root = stubRepository();
    const launcher = launched(root, ports);
    expect(await launcher.exit).toEqual([1, null]);
    expect(launcher.output()).toContain(`Port ${ports['STOREFRONT_PORT']} (storefront) is taken.`);
    expect(launcher.output()).toMatch(
      /\(mediator\) is taken; stop what uses them or run DATA_DIR=.data-2 STOREFRONT_PORT=\d+ MEDIATOR_PORT=\d+ npm start/,
    );
    expect(existsSync(join(root, '.data'))).toBe(false);
  });

  it.each(['mediator', 'popular', 'storefront'] as const)(
    'shows the last lines of a %s that dies while starting, and stops the rest',
    async (name) => {
      const launcher = launched(stubRepository({ [name]: dyingStub }), await portsFrom());
      await until('redis is up', () => launcher.output().includes('✓ redis'));
      const children = childrenOf(launcher.pid);
      expect(await launcher.exit).toEqual([1, null]);
      expect(launcher.output()).toContain(`${name} ended with code 7 while starting. Its last lines:`);
      expect(launcher.output()).toMatch(/^ {2}the disk is on fire$/m);
      await allGone(children);
    },
  );

  it('says which service is not built', async () => {
    const root = stubRepository();
    rmSync(join(root, 'services', 'mediator', 'dist', 'main.js'));
    const demo = startDemo({ root, dataDir: join(root, '.data'), ports: freePorts });
    await expect(demo).rejects.toThrow(/mediator is not built: .* Run npm start/);
  });

  it('refuses settings it cannot use, all at once', async () => {
    const launcher = launched(stubRepository(), { MEDIATOR_PORT: 'x', LOG_LEVEL: 'loud' });
    expect(await launcher.exit).toEqual([1, null]);
    expect(launcher.output()).toMatch(/MEDIATOR_PORT: .*\n {2}LOG_LEVEL: /);
  });
});

const freePorts = { storefront: 0, mediator: 0, recommenders: 0 };

describe('a demo that runs', () => {
  it('goes on without a recommender, and starts the mediator and Redis again', async () => {
    const lines: string[] = [];
    const root = stubRepository();
    const demo = await startDemo({
      root,
      dataDir: join(root, '.data'),
      ports: freePorts,
      print: (line) => lines.push(line),
    });
    atEnd.push(() => demo.stop());
    const pidOf = (name: string) => demo.processes().find((process) => process.name === name)?.pid ?? 0;
    const said = (text: string) => until(text, () => lines.join('\n').includes(text));

    process.kill(pidOf('popular'), 'SIGKILL');
    await said('Everything else goes on without it.');
    expect(lines.join('\n')).toContain('popular ended by SIGKILL. Its last lines:');

    for (const name of ['mediator', 'redis']) {
      const before = pidOf(name);
      process.kill(before, 'SIGKILL');
      await said(`${name} is back.`);
      expect(pidOf(name)).not.toBe(before);
    }
    expect((await fetch(`${demo.urls.mediator}/readyz`)).status).toBe(200);
    expect(await connected(demo.redis).ping()).toBe('PONG');
    await demo.stop();
    await allGone(demo.processes().map(({ pid }) => pid));
  });
});
