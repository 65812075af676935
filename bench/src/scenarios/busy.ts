import { pageLayout } from './pageLayout.ts';
import { pushed } from './pushed.ts';
import type { Scenario } from './scenario.ts';

/**
 * The pushed page at a rate that uses most of a mediator's core, which the peer that reads Redis for each page could not
 * keep. Where little is to do, much of what a page costs is waking up for it, and that flatters the ratio to the bare server.
 */
export const busy: Scenario = {
  ...pushed,
  name: 'busy',
  kind: 'busy',
  title: 'pushed page, asked for more often',
  layout: pageLayout('busy', pushed.layout.prior ?? []),
  peers: [
    {
      name: 'bare-busy',
      title: 'bare node:http, same bytes (busy)',
      entry: 'bare',
      target: { atLeast: 0.25, aim: 0.4 },
      sameBytes: true,
    },
  ],
};
