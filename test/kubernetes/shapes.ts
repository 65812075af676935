import { z } from 'zod';

/** What the tests look at of a Kubernetes object; whether the rest is right is schemaFaults' business. */
const Labels = z.record(z.string(), z.string());
export type Labels = z.infer<typeof Labels>;

const Named = z.object({ name: z.string() });
const Probe = z.looseObject({ httpGet: z.object({ path: z.string(), port: z.string() }).optional() });

export const Container = z.object({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()),
  env: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  envFrom: z.array(z.object({ configMapRef: Named.optional(), secretRef: Named.optional() })).default([]),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
  lifecycle: z.object({ preStop: z.object({ exec: z.object({ command: z.array(z.string()) }) }) }).optional(),
  startupProbe: Probe,
  livenessProbe: Probe,
  readinessProbe: Probe,
  resources: z.object({
    requests: z.looseObject({ cpu: z.unknown(), memory: z.string() }),
    limits: z.looseObject({ cpu: z.unknown(), memory: z.string() }),
  }),
  securityContext: z.unknown(),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })).default([]),
});
export type Container = z.infer<typeof Container>;

const Metadata = z.object({ name: z.string(), labels: Labels.default({}) });
export const Selector = z.object({
  matchLabels: Labels.default({}),
  matchExpressions: z
    .array(z.object({ key: z.string(), operator: z.literal('In'), values: z.array(z.string()) }))
    .default([]),
});
export type Selector = z.infer<typeof Selector>;

export const Workload = z.object({
  kind: z.enum(['Deployment', 'StatefulSet']),
  metadata: Metadata,
  spec: z.object({
    selector: Selector,
    serviceName: z.string().optional(),
    strategy: z.unknown().optional(),
    volumeClaimTemplates: z.array(z.object({ metadata: Metadata })).default([]),
    template: z.object({
      metadata: z.object({ labels: Labels }),
      spec: z.object({
        terminationGracePeriodSeconds: z.number(),
        automountServiceAccountToken: z.boolean(),
        securityContext: z.unknown(),
        containers: z.array(Container).length(1),
        volumes: z
          .array(z.object({ name: z.string(), secret: z.object({ secretName: z.string() }) }))
          .default([]),
      }),
    }),
  }),
});
export type Workload = z.infer<typeof Workload>;

export const Service = z.object({
  kind: z.literal('Service'),
  metadata: Metadata,
  spec: z.object({
    selector: Labels,
    ports: z.array(z.object({ name: z.string(), port: z.number(), targetPort: z.string() })),
  }),
});

const Peer = z.strictObject({ podSelector: Selector.optional(), namespaceSelector: Selector.optional() });
const ports = z.array(z.strictObject({ port: z.number(), protocol: z.string().optional() }));
export const NetworkPolicy = z.object({
  kind: z.literal('NetworkPolicy'),
  metadata: Metadata,
  spec: z.strictObject({
    podSelector: Selector,
    policyTypes: z.array(z.enum(['Ingress', 'Egress'])),
    ingress: z.array(z.strictObject({ from: z.array(Peer), ports })).default([]),
    egress: z.array(z.strictObject({ to: z.array(Peer), ports })).default([]),
  }),
});
export type NetworkPolicy = z.infer<typeof NetworkPolicy>;

const Backend = z.object({ service: z.object({ name: z.string(), port: z.object({ name: z.string() }) }) });
export const Ingress = z.object({
  kind: z.literal('Ingress'),
  spec: z.object({
    rules: z.array(
      z.object({
        host: z.string(),
        http: z.object({ paths: z.array(z.object({ path: z.string(), backend: Backend })) }),
      }),
    ),
  }),
});

export const Kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string(),
  labels: z.array(z.strictObject({ pairs: Labels })),
  resources: z.array(z.string()),
  images: z.array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() })),
  configMapGenerator: z.array(z.strictObject({ name: z.string(), literals: z.array(z.string()) })),
  secretGenerator: z.array(
    z.strictObject({
      name: z.string(),
      files: z.array(z.string()).default([]),
      envs: z.array(z.string()).default([]),
    }),
  ),
});
