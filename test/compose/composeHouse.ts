import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@widget-mediator/launcher';
import type { Control, OwnHouse } from '../house/house.ts';
import { until } from '../support/until.ts';
import { makeCertificate } from './certificate.ts';
import { composeAloud, docker, type Engine, impatient } from './engine.ts';

/** docker-compose.yml, brought up under a project name of its own on free ports, with TLS as its override has it. */
export interface ComposeHouse extends OwnHouse {
  readonly tlsUrl: string;
  readonly certificate: string;
  /** Every service of the file. */
  readonly services: readonly string[];
  /** The id of a service's container. */
  containerOf(service: string): Promise<string>;
  /** The name that the project gives to a network. */
  networkOf(network: string): string;
  /** Runs JavaScript in a service's container and tells what it printed. */
  inside(service: string, script: string, ...args: readonly string[]): Promise<string>;
}

const root = join(__dirname, '..', '..');
const operatorKey = 'wm_platform_public-demo-key';

export async function startComposeHouse(engine: Engine): Promise<ComposeHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'compose-test-'));
  const certificate = makeCertificate(folder);
  const project = `wm${randomBytes(3).toString('hex')}`;
  const ports = { MEDIATOR_PORT: await findFreePort(), STOREFRONT_PORT: await findFreePort() };
  const tlsPort = await findFreePort();
  const env = {
    ...process.env,
    ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    MEDIATOR_TLS_PORT: String(tlsPort),
    CERTIFICATES: folder,
  };
  const files = ['docker-compose.yml', 'docker-compose.tls.yml'].flatMap((file) => ['-f', join(root, file)]);
  const compose = (...args: readonly string[]) =>
    composeAloud(engine, ['-p', project, ...files, ...args], env);

  const containerOf = async (service: string): Promise<string> => {
    const labels = [`project=${project}`, `service=${service}`];
    const filters = labels.flatMap((label) => ['--filter', `label=com.docker.compose.${label}`]);
    return docker('ps', '-aq', ...filters);
  };
  const isHealthy = async (service: string): Promise<boolean> => {
    const container = await containerOf(service);
    return (
      container !== '' && (await docker('inspect', '-f', '{{.State.Health.Status}}', container)) === 'healthy'
    );
  };
  const healthy = (service: string) => until(`${service} is healthy`, () => isHealthy(service), 90_000);
  const toContainer = async (action: string, service: string): Promise<void> => {
    await docker(action, await containerOf(service));
  };
  /** An engine on a busy machine may say that it cannot freeze all processes in time, and can a moment later. */
  const pause = (service: string): Promise<void> =>
    until(`${service} is paused`, async () => {
      try {
        await toContainer('pause', service);
        return true;
      } catch (error) {
        if (String(error).includes('unable to freeze')) return false;
        throw error;
      }
    });
  const control: Control = {
    kill: (service) => toContainer('kill', service),
    hang: (service) => pause(service),
    resume: (service) => toContainer('unpause', service),
    async start(service) {
      await toContainer('start', service);
      await healthy(service);
    },
    async restart(service) {
      await toContainer('restart', service);
      await healthy(service);
    },
  };
  const inside = async (service: string, script: string, ...args: readonly string[]): Promise<string> =>
    docker('exec', ...impatient, await containerOf(service), 'node', '-e', script, ...args);
  const stop = async (): Promise<void> => {
    await compose('down', '--volumes', '--remove-orphans', '--timeout', '5');
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    await compose('up', '--detach', '--build');
    const services = (
      await docker(
        'ps',
        '-a',
        '--filter',
        `label=com.docker.compose.project=${project}`,
        '--format',
        '{{.Label "com.docker.compose.service"}}',
      )
    ).split('\n');
    for (const service of services) await healthy(service);
    const mediators = ['mediator-1', 'mediator-2'];
    return {
      mediatorUrl: `http://127.0.0.1:${ports.MEDIATOR_PORT}`,
      storefrontUrl: `http://127.0.0.1:${ports.STOREFRONT_PORT}`,
      tlsUrl: `https://127.0.0.1:${tlsPort}`,
      certificate,
      keys: { operator: operatorKey, publish: { team: 'my-team', key: 'wm_my-team_public-demo-key' } },
      mediators,
      services,
      firstSeen: async (path, text) => {
        const seen = mediators.map((one) => inside(one, watchFor, path, operatorKey, text));
        return (await Promise.all(seen)).map(Number);
      },
      control,
      containerOf,
      networkOf: (network) => `${project}_${network}`,
      inside,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Asks the mediator of its own container until the answer has the text in it, and prints when that was. */
const watchFor = `
  const [path, key, text] = process.argv.slice(1);
  const ask = async () => {
    const answer = await fetch('http://127.0.0.1:8080' + path, { headers: { authorization: 'Bearer ' + key } });
    if ((await answer.text()).includes(text)) console.log(Date.now());
    else setTimeout(ask, 10);
  };
  ask();
`;
