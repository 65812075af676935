import { pageLayout } from './pageLayout.ts';
import { pushed } from './pushed.ts';
import type { Scenario } from './scenario.ts';

/**
 * The pushed page for a viewer who was never here before: the mediator remembers what it composed for nobody in
 * particular, and nothing of this one.
 */
export const personal: Scenario = {
  ...pushed,
  name: 'personal',
  kind: 'personal',
  title: 'the same for a new viewer each time',
  path: '/v1/homepage?user=viewer-{n}',
  layout: pageLayout('personal', pushed.layout.prior ?? []),
  peers: [
    {
      name: 'bare-personal',
      title: 'bare node:http, same bytes (personal)',
      entry: 'bare',
      target: { atLeast: 0.25, aim: 0.4 },
      sameBytes: true,
    },
  ],
};
