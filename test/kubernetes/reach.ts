import { picks, podLabels, policies, workloads } from './manifests.ts';
import type { Labels, Workload } from './shapes.ts';

type Direction = 'Ingress' | 'Egress';
type Rules = readonly { readonly peers: readonly Peer[]; readonly ports: readonly number[] }[];
type Peer = (typeof policies)[number]['spec']['ingress'][number]['from'][number];

/** Every pair of workloads of which the first may open a connection to the second's port, as `from -> to`. */
export function allowedPairs(): string[] {
  const pairs = workloads.flatMap((from) => workloads.map((to) => ({ from, to })));
  return pairs
    .filter(({ from, to }) => from !== to && mayReach(from, to))
    .map(({ from, to }) => `${from.metadata.name} -> ${to.metadata.name}`)
    .sort();
}

/** As Kubernetes decides it: the one's egress and the other's ingress must both let it through. */
function mayReach(from: Workload, to: Workload): boolean {
  const port = to.spec.template.spec.containers[0]?.ports[0]?.containerPort ?? 0;
  const [fromLabels, toLabels] = [podLabels(from), podLabels(to)];
  return (
    lets(fromLabels, toLabels, { direction: 'Egress', port }) &&
    lets(toLabels, fromLabels, { direction: 'Ingress', port })
  );
}

function lets(
  pod: Labels,
  peer: Labels,
  { direction, port }: { direction: Direction; port: number },
): boolean {
  const applying = policies.filter(
    ({ spec }) => spec.policyTypes.includes(direction) && picks(spec.podSelector, pod),
  );
  if (applying.length === 0) return true;
  const rules = applying.flatMap((policy) => rulesOf(policy, direction));
  return rules.some(({ peers, ports }) => ports.includes(port) && peers.some((one) => isOurs(one, peer)));
}

function rulesOf({ spec }: (typeof policies)[number], direction: Direction): Rules {
  const numbers = (ports: readonly { readonly port: number }[]) => ports.map(({ port }) => port);
  return direction === 'Ingress'
    ? spec.ingress.map(({ from, ports }) => ({ peers: from, ports: numbers(ports) }))
    : spec.egress.map(({ to, ports }) => ({ peers: to, ports: numbers(ports) }));
}

/** A peer with a namespaceSelector means pods of other namespaces. */
const isOurs = ({ podSelector, namespaceSelector }: Peer, labels: Labels): boolean =>
  namespaceSelector === undefined && podSelector !== undefined && picks(podSelector, labels);
