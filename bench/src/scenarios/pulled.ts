import { filmList } from './filmLists.ts';
import { pageLayout } from './pageLayout.ts';
import type { Scenario } from './scenario.ts';
import { widgetId, widgetManifest } from './widgetManifest.ts';

const sourceCount = 15;
export const itemsPulled = 30;

/** A page for a viewer who was never here before: no cache can answer, and all fifteen sources are asked. */
export const pulled: Scenario = {
  name: 'pulled',
  title: 'pulled page (15 sources x 30 items)',
  path: '/v1/homepage?user=viewer-{n}',
  layout: pageLayout(
    'pulled',
    filmSources().map((_, source) => widgetId(source)),
  ),
  sources: sourceCount,
  widgets: (origins) =>
    origins.map((origin, source) => ({
      manifest: widgetManifest(source, { mode: 'pull', endpoint: `${origin}/widget`, vary: ['user'] }),
    })),
  peers: [
    {
      name: 'fetch-per-page',
      title: 'Express, fetch + Promise.all',
      entry: 'fetchPerPage',
      target: { atLeast: 2.7, aim: 3.5 },
    },
  ],
};

/** What each of the stub sources answers with. */
export function filmSources() {
  return Array.from({ length: sourceCount }, (_, source) => ({
    version: 1,
    items: filmList(source, itemsPulled),
  }));
}
