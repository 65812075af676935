import { composePairs, composeServices } from './composeNetworks.ts';
import { policies, workloads } from './manifests.ts';
import { allowedPairs } from './reach.ts';

const recommenders = ['because-you-watched', 'continue-watching', 'hidden-gems', 'new-releases', 'popular'];

test('what runs here is what runs in compose', () => {
  expect(workloads.map(({ metadata }) => metadata.name).sort()).toEqual(composeServices());
});

test('everything is denied that no policy allows', () => {
  const all = { podSelector: { matchLabels: {}, matchExpressions: [] }, policyTypes: ['Ingress', 'Egress'] };
  expect(policies.map(({ spec }) => spec)).toContainEqual({ ...all, ingress: [], egress: [] });
});

test('only mediators and workers reach Redis; recommenders and the storefront reach only the mediators', () => {
  expect(allowedPairs()).toEqual(
    [
      'mediator -> redis',
      'worker -> redis',
      'storefront -> mediator',
      ...recommenders.map((name) => `${name} -> mediator`),
      'mediator -> because-you-watched',
      'mediator -> continue-watching',
    ].sort(),
  );
});

test('who may talk is who shares a network in compose, but worker and mediators, who only share the store there', () => {
  const undirected = allowedPairs().map((pair) => pair.split(' -> ').sort().join(' - '));
  expect(composePairs()).toEqual([...new Set([...undirected, 'mediator - worker'])].sort());
});

test('from elsewhere come only the ingress controller and Prometheus, to who serves them', () => {
  const elsewhere = policies.flatMap(({ metadata, spec }) =>
    spec.ingress
      .flatMap(({ from }) => from)
      .flatMap(({ namespaceSelector }) => Object.values(namespaceSelector?.matchLabels ?? {}))
      .map((namespace) => `${namespace} -> ${metadata.name}`),
  );
  expect(elsewhere.sort()).toEqual([
    'ingress-nginx -> mediator',
    'ingress-nginx -> storefront',
    'monitoring -> mediator',
    'monitoring -> worker',
  ]);
});
