import { filmList } from './filmLists.ts';
import { pageLayout } from './pageLayout.ts';
import type { Scenario } from './scenario.ts';
import { widgetId, widgetManifest } from './widgetManifest.ts';

const itemsPulled = 30;

/** A page for a viewer who was never here before: no cache can answer, and every source is asked. */
export function pulledFrom(sources: number): Omit<Scenario, 'name' | 'kind' | 'peers'> {
  return {
    title: `pulled page (${sources} sources x ${itemsPulled} items)`,
    path: '/v1/homepage?user=viewer-{n}',
    layout: pageLayout(
      'pulled',
      Array.from({ length: sources }, (_, source) => widgetId(source)),
    ),
    sources,
    widgets: (origins) =>
      origins.map((origin, source) => ({
        manifest: widgetManifest(source, { mode: 'pull', endpoint: `${origin}/widget`, vary: ['user'] }),
      })),
  };
}

export const pulled: Scenario = {
  ...pulledFrom(15),
  name: 'pulled',
  kind: 'pulled',
  peers: [
    {
      name: 'fetch-per-page',
      title: 'Express, fetch + Promise.all',
      entry: 'fetchPerPage',
      target: { atLeast: 2.7, aim: 3.5 },
    },
    {
      name: 'careful-per-page',
      title: 'Express, opossum, zod, pino-http',
      entry: 'carefulPerPage',
      target: { atLeast: 3.3, aim: 4 },
    },
    {
      name: 'podium-layout',
      title: '@podium/layout',
      entry: 'podiumLayout',
      target: { atLeast: 2.2, aim: 2.7 },
    },
  ],
};

/** What stub source number `source` answers with, in its bytes. */
export function pulledAnswer(source: number): Buffer {
  return Buffer.from(JSON.stringify({ version: 1, items: filmList(source, itemsPulled) }));
}
