import { filmList } from './filmLists.ts';
import { pageLayout } from './pageLayout.ts';
import type { Scenario } from './scenario.ts';
import { widgetId, widgetManifest } from './widgetManifest.ts';

const sources = Array.from({ length: 20 }, (_, source) => source);
export const itemsPushed = 40;

/** A page for nobody in particular, from twenty lists that were published ahead of time. */
export const pushed: Scenario = {
  name: 'pushed',
  kind: 'pushed',
  title: 'pushed page (20 widgets x 40 items)',
  path: '/v1/homepage',
  layout: pageLayout('pushed', sources.map(widgetId)),
  sources: 0,
  widgets: () =>
    sources.map((source) => ({
      manifest: widgetManifest(source, { mode: 'push' }),
      publication: { version: 1, items: filmList(source, itemsPushed) },
    })),
  peers: [
    {
      name: 'bare',
      title: 'bare node:http, same bytes',
      entry: 'bare',
      target: { atLeast: 0.25, aim: 0.4 },
      sameBytes: true,
    },
    { name: 'express-json', title: 'Express, res.json of the page', entry: 'expressJson' },
    {
      name: 'redis-per-page',
      title: 'Express, Redis on each page',
      entry: 'redisPerPage',
      target: { atLeast: 10, aim: 15 },
    },
  ],
};
