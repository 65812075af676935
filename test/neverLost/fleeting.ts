import { setTimeout as delay } from 'node:timers/promises';
import type { WidgetManifestInput } from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import type { Installation } from './installation.ts';
import { itemsOf, itemsOfVersion, widgets } from './stream.ts';

/** Whose content is over after a second, so that the worker has something to do. */
const fleeting = 'fleeting';

export async function registerWidgets(installation: Installation): Promise<void> {
  for (const widget of [...widgets, fleeting]) {
    const response = await call(installation, 'PUT', `/v1/widgets/${widget}`, manifestOf(widget));
    if (!response.ok) throw new Error(`registering ${widget}: ${response.status} ${await response.text()}`);
  }
}

/** Publishes what is soon over, until told to stop. */
export function publishFleeting(installation: Installation): { stop(): Promise<void> } {
  let stopping = false;
  const running = (async () => {
    for (let version = 1; !stopping; version += 1) {
      const body = { version, items: itemsOf({ name: fleeting }, version) };
      await call(installation, 'POST', `/v1/widgets/${fleeting}/publications`, body).catch(() => {});
      await delay(200);
    }
  })();
  return {
    async stop() {
      stopping = true;
      await running;
    },
  };
}

/** How much content is in the store though its time is over. */
export async function leftOver({ redisUrl }: Installation): Promise<number> {
  const redis = new Redis(redisUrl);
  try {
    const contents = await redis.keys(`wm:{widget:${fleeting}@*}:content`);
    const lengths = await Promise.all(contents.map((key) => redis.hlen(key)));
    return lengths.reduce((sum, length) => sum + length, 0);
  } finally {
    redis.disconnect();
  }
}

const manifestOf = (id: string): WidgetManifestInput => ({
  apiVersion: 'widget-mediator/v1',
  kind: 'Widget',
  metadata: { id, owner: 'alpha', title: id },
  spec: {
    itemType: 'film',
    delivery: id === fleeting ? { mode: 'push', ttlMs: 1_000, staleForMs: 0 } : { mode: 'push' },
    minItems: 1,
    maxItems: itemsOfVersion,
    placements: ['row'],
    // The publishers are to be held up by nothing but what is killed.
    budget: { ratePerSecond: 10_000 },
  },
});

function call({ mediatorUrls, keys }: Installation, method: string, path: string, body: unknown) {
  return fetch(mediatorUrls[0] + path, {
    method,
    headers: { authorization: `Bearer ${keys.publish}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
}
