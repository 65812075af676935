import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Namespace, Service } from 'kubernetes-models/v1';

const models = [
  Deployment,
  StatefulSet,
  HorizontalPodAutoscaler,
  Ingress,
  NetworkPolicy,
  PodDisruptionBudget,
  Namespace,
  Service,
];

export interface ObjectHead {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What Kubernetes' own schema says against an object: wrong values, missing fields, and fields that it does not know. */
export function schemaFaults(object: ObjectHead): string[] {
  const model = models.find(
    ({ apiVersion, kind }) => apiVersion === object.apiVersion && kind === object.kind,
  );
  if (model === undefined) return [`no schema of ${object.apiVersion} ${object.kind} is looked at here`];
  const read = new Set<string>();
  try {
    model.prototype.validate.call(watched(object, '', read));
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  return pathsOf(object)
    .filter((path) => !read.has(path))
    .map((path) => `${path} is unknown`);
}

/** Every field, at any depth, as a JSON Pointer (RFC 6901). */
export function pathsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const innerPath = pointer(path, key);
    return [innerPath, ...pathsOf(inner, innerPath)];
  });
}

export const pointer = (path: string, key: string): string =>
  `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The schemas let unknown fields pass; but they never look at them, so what was not looked at is unknown. */
function watched<Value extends object>(value: Value, path: string, read: Set<string>): Value {
  return new Proxy(value, {
    get(target, key, receiver) {
      const inner: unknown = Reflect.get(target, key, receiver);
      if (typeof key !== 'string') return inner;
      const innerPath = pointer(path, key);
      read.add(innerPath);
      return typeof inner === 'object' && inner !== null ? watched(inner, innerPath, read) : inner;
    },
  });
}
