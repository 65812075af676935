import type { ComposeHouse } from './composeHouse.ts';
import { docker, impatient } from './engine.ts';

const recommenders = ['popular', 'because-you-watched', 'hidden-gems', 'continue-watching', 'new-releases'];
/** The mediators ask these, so they share a network. */
const pulled = ['because-you-watched', 'continue-watching'];
const ports: Readonly<Record<string, number>> = { redis: 6379 };

/** Who may open a connection to whom, by its name or by its address. Everything that is not said is refused. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(recommenders.map((one) => [one, ['proxy']])),
  ...Object.fromEntries(pulled.map((one) => [one, ['proxy', 'mediator-1', 'mediator-2']])),
  storefront: ['proxy'],
  worker: ['redis', 'mediator-1', 'mediator-2'],
};

/** Tries to connect to each `host:port` given, all at once, and prints those that accept. */
const tryAll = `
  const net = require('node:net');
  const open = (target) => new Promise((resolve) => {
    const [host, port] = target.split(':');
    const socket = net.connect({ host, port: Number(port) });
    const end = (answer) => { socket.destroy(); resolve(answer); };
    socket.setTimeout(1500, () => end([]));
    socket.once('connect', () => end([target]));
    socket.once('error', () => end([]));
  });
  Promise.all(process.argv.slice(1).map(open)).then((opened) => {
    console.log(JSON.stringify(opened.flat()));
    process.exit();
  });
`;

export function isolation(house: () => ComposeHouse): void {
  const addresses = async (service: string): Promise<readonly string[]> => {
    const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}';
    return (await docker('inspect', '-f', format, await house().containerOf(service)))
      .split(' ')
      .filter(Boolean);
  };
  /** Every name and every address of every other service. */
  const targetsFor = async (from: string): Promise<ReadonlyMap<string, string>> => {
    const targets = new Map<string, string>();
    for (const to of house().services.filter((service) => service !== from)) {
      for (const host of [to, ...(await addresses(to))]) targets.set(`${host}:${ports[to] ?? 8080}`, to);
    }
    return targets;
  };
  const reached = async (from: string): Promise<readonly string[]> => {
    const targets = await targetsFor(from);
    const opened: string[] = JSON.parse(await house().inside(from, tryAll, ...targets.keys()));
    return [...new Set(opened.map((target) => targets.get(target) ?? target))].sort();
  };

  const reachedFromOutside = async (network: string, targets: readonly string[]): Promise<string[]> => {
    const container = [
      'run',
      '--rm',
      ...impatient,
      '--network',
      house().networkOf(network),
      'widget-mediator',
    ];
    return JSON.parse(await docker(...container, 'node', '-e', tryAll, ...targets));
  };

  test.each(Object.keys(allowed))('%s reaches whom it needs and nobody else', async (from) => {
    expect(await reached(from)).toEqual([...(allowed[from] ?? [])].sort());
  });

  test('mediators reach Redis and the recommenders that they ask', async () => {
    for (const mediator of house().mediators) {
      const others = await reached(mediator);
      expect(others).toEqual(expect.arrayContaining(['redis', ...pulled]));
      expect(others).not.toContain('storefront');
    }
  });

  test.each(recommenders)('%s has no way out of its network', async (from) => {
    const format = '{{range .NetworkSettings.Networks}}{{.NetworkID}} {{end}}';
    const networks = await docker('inspect', '-f', format, await house().containerOf(from));
    const internal = await docker('network', 'inspect', '-f', '{{.Internal}}', ...networks.trim().split(' '));
    expect(internal).toBe('true');
  });

  test.each(['edge', 'source-popular', 'mediators'])(
    'a container of somebody else on the network %s cannot reach Redis',
    async (network) => {
      const targets = ['redis:6379', ...(await addresses('redis')).map((address) => `${address}:6379`)];
      expect(await reachedFromOutside(network, targets)).toEqual([]);
      // The same attempt succeeds where it may, or it would prove nothing.
      expect(await reachedFromOutside('store', targets)).toContain('redis:6379');
    },
  );
}
