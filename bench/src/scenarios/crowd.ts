import type { CurrentManifestInput } from '@widget-mediator/contracts';
import { pageShape } from './pageLayout.ts';

/** A team of the crowd and its widgets. */
export interface CrowdTeam {
  readonly team: string;
  readonly manifests: readonly CurrentManifestInput[];
}

/** Below what one team may send at once. */
const widgetsOfTeam = 50;

/**
 * Widgets that are registered and not for the page that is measured: every other one is for another page's placements,
 * the rest for viewers of segments that nobody asks with.
 */
export function crowdOf(widgets: number): readonly CrowdTeam[] {
  return Array.from({ length: Math.ceil(widgets / widgetsOfTeam) }, (_, index) => {
    const team = `crowd-${index + 1}`;
    const length = Math.min(widgetsOfTeam, widgets - index * widgetsOfTeam);
    const manifests = Array.from({ length }, (_, number) => manifestOf(team, number));
    return { team, manifests };
  });
}

function manifestOf(team: string, number: number): CurrentManifestInput {
  const isElsewhere = number % 2 === 0;
  return {
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id: `${team}-list-${number + 1}`, owner: team, title: `Films of ${team}` },
    spec: {
      itemType: 'film',
      delivery: { mode: 'push' },
      maxItems: pageShape.itemsShown,
      placements: isElsewhere ? ['beside-a-film'] : ['hero', 'row'],
      ...(!isElsewhere && { eligibility: { segments: [`readers-of-${team}`] } }),
    },
  };
}
