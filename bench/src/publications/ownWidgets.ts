import type { CurrentManifestInput } from '@widget-mediator/contracts';
import { pageShape } from '../scenarios/pageLayout.ts';
import { benchTeam } from '../scenarios/widgetManifest.ts';

/** The widget that is on every page, by which it is seen when a publication is shown. */
export const followedId = 'followed';

/**
 * The widgets that hostile bodies are sent to: one with the budgets that every widget has, and one whose budgets refuse nothing, so
 * that each body is read. Nothing is ever published to them, and they are meant for no page.
 */
export const hostileIds = { hostile: 'hostile', unbudgeted: 'hostile-unbudgeted' } as const;
export type HostileTo = keyof typeof hostileIds;

const ratePerSecond = 10_000;

/** Widgets of the team of the bench, besides those of the page. */
export const ownWidgets: readonly CurrentManifestInput[] = [
  hostile(hostileIds.hostile, { ratePerSecond }),
  hostile(hostileIds.unbudgeted, {
    ratePerSecond,
    mode: { rate: 'shadow', errors: 'shadow', load: 'shadow' },
  }),
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

function hostile(id: string, budget: CurrentManifestInput['spec']['budget']): CurrentManifestInput {
  return {
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id, owner: benchTeam, title: 'Hostile' },
    spec: {
      itemType: 'film',
      delivery: { mode: 'push' },
      ...(budget && { budget }),
      placements: ['beside-a-film'],
    },
  };
}
