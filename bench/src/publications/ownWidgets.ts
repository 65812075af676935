import type { CurrentManifestInput } from '@widget-mediator/contracts';
import { pageShape } from '../scenarios/pageLayout.ts';
import { benchTeam } from '../scenarios/widgetManifest.ts';

/** The widget that is on every page, by which it is seen when a publication is shown. */
export const followedId = 'followed';

/** The widget that hostile bodies are sent to. Nothing is ever published to it, and it is meant for no page. */
export const hostileId = 'hostile';

const ratePerSecond = 10_000;

/** Widgets of the team of the bench, besides those of the page. */
export const ownWidgets: readonly CurrentManifestInput[] = [
  {
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id: hostileId, owner: benchTeam, title: 'Hostile' },
    spec: {
      itemType: 'film',
      delivery: { mode: 'push' },
      // Enforced, they would have bodies refused unread once twenty were refused, which costs nobody anything.
      budget: { ratePerSecond, mode: { rate: 'shadow', errors: 'shadow', load: 'shadow' } },
      placements: ['beside-a-film'],
    },
  },
  {
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id: followedId, owner: benchTeam, title: 'Followed' },
    spec: {
      itemType: 'film-of-its-own',
      delivery: { mode: 'push' },
      budget: { ratePerSecond },
      minItems: 1,
      maxItems: pageShape.itemsShown,
      placements: [followedId],
    },
  },
];
