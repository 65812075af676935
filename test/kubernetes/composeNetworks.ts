import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from './manifests.ts';

const Compose = z.object({
  services: z.record(z.string(), z.object({ networks: z.array(z.string()) })),
});

/** Kubernetes has a Service and as many pods as needed where compose has nginx and two mediators. */
const nameOf = (service: string): string => (/^(proxy|mediator-\d+)$/.test(service) ? 'mediator' : service);

/** The services of docker-compose.yml, under the names that they have in Kubernetes. */
export function composeServices(): string[] {
  return [...new Set(Object.keys(read().services).map(nameOf))].sort();
}

/** Every two services that share a network in docker-compose.yml, as `a - b` in the order of the alphabet. */
export function composePairs(): string[] {
  const members = Object.entries(read().services).flatMap(([service, { networks }]) =>
    networks.map((network) => ({ network, name: nameOf(service) })),
  );
  const pairs = members.flatMap((one) =>
    members
      .filter((other) => other.network === one.network && one.name < other.name)
      .map((other) => `${one.name} - ${other.name}`),
  );
  return [...new Set(pairs)].sort();
}

function read(): z.infer<typeof Compose> {
  return Compose.parse(parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }));
}
