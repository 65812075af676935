import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  containerOf,
  files,
  ingresses,
  kustomization,
  objects,
  picks,
  podLabels,
  root,
  services,
  workload,
  workloads,
} from './kubernetes/manifests.ts';
import { pathsOf, pointer, schemaFaults } from './kubernetes/schemaFaults.ts';

const named = objects.map((object) => [`${object.kind} ${object.metadata.name}`, object] as const);
const byName = workloads.map((one) => [one.metadata.name, one] as const);

test('the kustomization names every file, once', () => {
  expect(new Set(kustomization.resources)).toEqual(new Set(files));
  expect(kustomization.resources).toHaveLength(files.length);
});

describe.each(named)('%s', (_name, object) => {
  it('is what its schema says', () => {
    expect(schemaFaults(object)).toEqual([]);
  });

  it('would not be, with any field misspelt', () => {
    // These are names that we choose, of labels mostly, and quantities of whatever a node has.
    const isFree = (path: string) => /~1|\/k8s-app$|\/(requests|limits)\/\w+$|\/\d+$/.test(path);
    const fields = pathsOf(object).filter((path) => !isFree(path));
    expect(fields.length).toBeGreaterThan(3);
    for (const field of fields)
      expect([field, schemaFaults(misspelt(object, field))]).not.toEqual([field, []]);
  });
});

describe('schemaFaults', () => {
  it('refuses a value of the wrong type and a quantity that is none', () => {
    const mediator = objects.find(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'mediator',
    );
    const text = JSON.stringify(mediator);
    const wrong = (from: string, to: string) => schemaFaults(JSON.parse(text.replace(from, to)));
    expect(schemaFaults(JSON.parse(text))).toEqual([]);
    expect(wrong('"maxSurge":1', '"maxSurge":true').join()).toContain('maxSurge');
    expect(wrong('"memory":"512Mi"', '"memory":"512 megabytes"').join()).toContain('memory');
  });
});

describe.each(byName)('the workload %s', (name, one) => {
  const { spec } = one.spec.template;
  const container = containerOf(one);

  it('selects its own pods and no others', () => {
    const picked = workloads.filter((other) => picks(one.spec.selector, podLabels(other)));
    expect(picked).toEqual([one]);
  });

  it('runs as nobody in particular, may write nothing and do nothing', () => {
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: name === 'redis' ? 999 : 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('mounts only volumes that it has, whose secrets are made', () => {
    const secrets = kustomization.secretGenerator.map((generator) => generator.name);
    for (const { secret } of spec.volumes) expect(secrets).toContain(secret.secretName);
    const claims = one.spec.volumeClaimTemplates.map(({ metadata }) => metadata.name);
    expect(container.volumeMounts.map((mount) => mount.name)).toEqual([
      ...spec.volumes.map((volume) => volume.name),
      ...claims,
    ]);
  });

  it('is probed on a port that it has', () => {
    const ports = container.ports.map((port) => port.name);
    for (const { httpGet } of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
      if (name !== 'redis') expect(ports).toContain(httpGet?.port);
    }
  });
});

test.each(byName.filter(([name]) => name !== 'redis'))('%s starts a file that is built', (_name, one) => {
  const { image, command } = containerOf(one);
  expect(kustomization.images.map(({ name }) => name)).toEqual([image]);
  const [node, file = ''] = command;
  expect(node).toBe('node');
  const source = file.replace('/dist/', '/src/').replace(/\.js$/, '.ts');
  expect([source, existsSync(join(root, source))]).toEqual([source, true]);
});

test.each(services.map((one) => [one.metadata.name, one] as const))(
  'the Service %s leads to a port of the workload of its name',
  (name, { spec }) => {
    const picked = workloads.filter((one) =>
      picks({ matchLabels: spec.selector, matchExpressions: [] }, podLabels(one)),
    );
    expect(picked.map(({ metadata }) => metadata.name)).toEqual([name]);
    const ports = containerOf(workload(name)).ports.map((port) => port.name);
    for (const { targetPort } of spec.ports) expect(ports).toContain(targetPort);
  },
);

test('the Ingress leads to Services, and shows neither metrics nor probes of the mediators', () => {
  const paths = ingresses.flatMap(({ spec }) => spec.rules).flatMap(({ http }) => http.paths);
  for (const { backend } of paths) {
    const service = services.find(({ metadata }) => metadata.name === backend.service.name);
    expect(service?.spec.ports.map(({ name }) => name)).toContain(backend.service.port.name);
  }
  const toMediators = paths.filter(({ backend }) => backend.service.name === 'mediator');
  expect(toMediators.map(({ path }) => path)).toEqual([
    '/v1',
    '/schemas',
    '/docs',
    '/openapi.json',
    '/v1/publications',
  ]);
});

test('mediators are at least two, scaled and disrupted as what they are', () => {
  const spec = (kind: string) => objects.find((object) => object.kind === kind)?.['spec'];
  expect(spec('HorizontalPodAutoscaler')).toMatchObject({
    scaleTargetRef: { kind: 'Deployment', name: 'mediator' },
    minReplicas: 2,
  });
  expect(spec('PodDisruptionBudget')).toMatchObject({
    maxUnavailable: 1,
    selector: { matchLabels: podLabels(workload('mediator')) },
  });
  expect(workload('mediator').spec.strategy).toMatchObject({ rollingUpdate: { maxUnavailable: 0 } });
});

/** A copy with the field under another name. */
function misspelt<Value extends object>(object: Value, path: string): Value {
  const rename = (value: unknown, at: string): unknown => {
    if (Array.isArray(value)) return value.map((inner, index) => rename(inner, pointer(at, String(index))));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => {
      const here = pointer(at, key);
      return [here === path ? `${key}x` : key, rename(inner, here)];
    });
    return Object.fromEntries(entries);
  };
  return JSON.parse(JSON.stringify(rename(object, '')));
}
