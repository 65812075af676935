import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, startRedis } from '@widget-mediator/launcher';
import { firstSeen } from './firstSeen.ts';
import type { OwnHouse } from './house.ts';
import { createProcesses, type Processes, starting } from './processes.ts';

const root = join(__dirname, '..', '..');
const host = '127.0.0.1';
const teams = { operator: ['platform', ['read', 'operate']], publish: ['my-team', ['publish']] } as const;

/** What a house behind nginx lets tests look at besides. */
export interface ReplicatedHouse extends OwnHouse {
  readonly workerUrl: string;
  /** Each mediator itself, past the proxy. */
  readonly mediatorUrls: readonly string[];
  /** All that the proxy wrote. */
  proxyLog(): string;
}

/** Redis, two mediators, a worker and nginx with the configuration of compose: processes on free ports. No recommenders. */
export async function startReplicatedHouse(): Promise<ReplicatedHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'replicas-test-'));
  const processes = createProcesses();
  try {
    return await furnish(folder, processes);
  } catch (error) {
    await processes.stop();
    throw error;
  }
}

async function furnish(folder: string, processes: Processes): Promise<ReplicatedHouse> {
  const keys = { operator: newKey('operator'), publish: newKey('publish') };
  const redisPort = await findFreePort();
  await processes.add('redis', () => startRedis({ dataDir: join(folder, 'redis'), port: redisPort }));

  const env = { HOST: host, REDIS_URL: `redis://${host}:${redisPort}`, PATH: process.env['PATH'] ?? '' };
  const main = (file: string) => ({ entry: join(root, 'services', 'mediator', 'dist', file) });
  const keysFile = join(folder, 'keys.json');
  writeFileSync(keysFile, JSON.stringify(keysFileOf(keys)));
  const secret = randomBytes(32).toString('hex');
  const ofMediators = { ...env, KEYS_FILE: keysFile, TOKEN_SECRET: secret, JOBS: 'apart' };

  const mediatorUrls: string[] = [];
  for (const name of ['mediator-1', 'mediator-2']) {
    const port = await findFreePort();
    const url = `http://${host}:${port}`;
    mediatorUrls.push(url);
    const plan = { name, run: main('main.js'), env: { ...ofMediators, PORT: String(port) } };
    await processes.add(name, starting({ ...plan, healthUrl: `${url}/readyz` }));
  }
  const workerPort = await findFreePort();
  const workerUrl = `http://${host}:${workerPort}`;
  const worker = { name: 'worker', run: main('workerMain.js'), env: { ...env, PORT: String(workerPort) } };
  await processes.add('worker', starting({ ...worker, healthUrl: `${workerUrl}/readyz` }));

  const proxyPort = await findFreePort();
  const mediatorUrl = `http://${host}:${proxyPort}`;
  const accessLog = join(folder, 'access.log');
  const complaints: string[] = [];
  // Its workers would give up root, and with it our folder.
  const directives = `daemon off;${process.getuid?.() === 0 ? ' user root;' : ''}`;
  const nginx = { command: 'nginx', args: ['-e', 'stderr', '-c', writeNginx(), '-g', directives] };
  const proxy = { name: 'proxy', run: nginx, env: { PATH: `${env.PATH}:/usr/sbin` } };
  const log = (line: string) => complaints.push(line);
  await processes.add('proxy', starting({ ...proxy, healthUrl: `${mediatorUrl}/readyz`, log }));

  return {
    mediatorUrl,
    mediatorUrls,
    workerUrl,
    storefrontUrl: '',
    keys: { operator: keys.operator, publish: { team: teams.publish[0], key: keys.publish } },
    mediators: ['mediator-1', 'mediator-2'],
    firstSeen: (path, text) =>
      Promise.all(mediatorUrls.map((url) => firstSeen(url + path, keys.operator, text))),
    control: processes.control,
    proxyLog: () => [readFileSync(accessLog, 'utf8'), ...complaints].join('\n'),
    async stop() {
      await processes.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  /** The files that compose mounts, with names and places of a container replaced by ours. */
  function writeNginx(): string {
    mkdirSync(join(folder, 'nginx', 'servers'), { recursive: true });
    const place = (file: string, to: string) => {
      const text = readFileSync(join(root, 'deploy', 'nginx', file), 'utf8')
        .replace(/mediator-([12]):8080/g, (_, n) => new URL(mediatorUrls[n - 1] ?? '').host)
        .replace('listen 8080', `listen ${host}:${proxyPort}`)
        .replaceAll(/(?<=[ ;])\/tmp\//g, `${folder}/`)
        .replace('/dev/stdout', accessLog)
        .replaceAll('/etc/nginx/', `${folder}/nginx/`);
      writeFileSync(join(folder, 'nginx', to), text);
    };
    place('nginx.conf', 'nginx.conf');
    place('mediators.conf', 'mediators.conf');
    place('http.conf', join('servers', 'http.conf'));
    return join(folder, 'nginx', 'nginx.conf');
  }
}

const newKey = (id: keyof typeof teams): string => `wm_${id}_${randomBytes(24).toString('base64url')}`;

function keysFileOf(keys: Record<keyof typeof teams, string>) {
  const entry = (id: keyof typeof teams) => ({
    id,
    team: teams[id][0],
    scopes: teams[id][1],
    sha256: createHash('sha256').update(keys[id]).digest('hex'),
  });
  return { keys: [entry('operator'), entry('publish')] };
}
