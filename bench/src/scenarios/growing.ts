import { pageLayout } from './pageLayout.ts';
import { pulledFrom } from './pulled.ts';
import { pushed } from './pushed.ts';
import type { Scenario } from './scenario.ts';
import { widgetId } from './widgetManifest.ts';

/** The pulled page from as many sources as that. */
export function pulledFromMany(sources: number): Scenario {
  return {
    ...pulledFrom(sources),
    name: `sources-${sources}`,
    kind: 'sources',
    title: `pulled page, ${sources} sources`,
    connections: 4,
    peers: [],
  };
}

/** Those that are on the page. */
const onPage = 10;

/**
 * A page from ten pushed lists, made anew for each viewer, of a mediator that knows as many widgets as that. Only a
 * page that is not remembered shows what looking among all of them costs.
 */
export function ofRegistered(widgets: number): Scenario {
  return {
    name: `registered-${widgets}`,
    kind: 'registered',
    title: `pushed page, ${widgets} registered`,
    path: '/v1/homepage?user=viewer-{n}',
    layout: pageLayout(
      'registered',
      Array.from({ length: onPage }, (_, source) => widgetId(source)),
    ),
    sources: 0,
    widgets: () => pushed.widgets([]).slice(0, onPage),
    crowd: widgets - onPage,
    peers: [],
  };
}
