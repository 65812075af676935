import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import {
  Ingress,
  Kustomization,
  type Labels,
  NetworkPolicy,
  type Selector,
  Service,
  Workload,
} from './shapes.ts';

export const root = join(__dirname, '..', '..');
export const folder = join(root, 'deploy', 'kubernetes');

/** The YAML files of the folder but the kustomization itself, as it would name them. */
export const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml')
  .sort();

export const kustomization = Kustomization.parse(
  parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')),
);

const ObjectHead = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

export const objects = files.flatMap((file) =>
  parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors.join('; ')}`);
    return ObjectHead.parse(document.toJS());
  }),
);

const ofKind = (...kinds: string[]) => objects.filter(({ kind }) => kinds.includes(kind));
export const workloads = ofKind('Deployment', 'StatefulSet').map((one) => Workload.parse(one));
export const services = ofKind('Service').map((one) => Service.parse(one));
export const policies = ofKind('NetworkPolicy').map((one) => NetworkPolicy.parse(one));
export const ingresses = ofKind('Ingress').map((one) => Ingress.parse(one));

/** The workload of that name. */
export function workload(name: string): Workload {
  const found = workloads.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`no workload ${name}`);
  return found;
}

export const podLabels = ({ spec }: Workload): Labels => spec.template.metadata.labels;

/** The one container of a workload. */
export function containerOf({ metadata, spec }: Workload) {
  const [container] = spec.template.spec.containers;
  if (container === undefined) throw new Error(`${metadata.name} has no container`);
  return container;
}

/** Whether a selector picks a pod with these labels. */
export function picks({ matchLabels, matchExpressions }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? ''))
  );
}
