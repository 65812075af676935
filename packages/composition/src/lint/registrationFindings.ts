import type { Layout, ProblemError, WidgetManifest } from '@widget-mediator/contracts';
import { canTake } from '../eligibility.ts';
import { crowdedPins } from './crowdedPins.ts';
import { misfitOf } from './misfitOf.ts';
import { scopedPins } from './scopedPins.ts';

/**
 * What does not go together between a layout and who is registered now, every finding at once, as JSON Pointers into the
 * layout. Warnings, since registrations come and go: a page is made all the same. What is wrong with the layout by itself
 * is not repeated. Never throws.
 */
export function registrationFindings(layout: Layout, manifests: Iterable<WidgetManifest>): ProblemError[] {
  const registered = new Map([...manifests].map((manifest) => [manifest.metadata.id, manifest]));
  const isList = new Set(layout.editorial.map(({ id }) => id));
  const parts: Parts = {
    layout,
    registered,
    isKnown: (widget) => isList.has(widget) || registered.has(widget),
  };
  return [
    ...unknownWidgets(parts),
    ...hiddenLists(parts),
    ...unfilledPlacements(parts),
    ...pinsOfRegistered(parts),
  ];
}

interface Parts {
  readonly layout: Layout;
  readonly registered: ReadonlyMap<string, WidgetManifest>;
  readonly isKnown: (widget: string) => boolean;
}

function unknownWidgets({ layout, isKnown }: Parts): ProblemError[] {
  const named = [
    ...layout.prior.map((widget, index) => ({ widget, pointer: `/prior/${index}` })),
    ...scopedPins(layout).map(({ widget, pointer }) => ({ widget, pointer: `${pointer}/widget` })),
  ];
  return named.flatMap(({ widget, pointer }) =>
    isKnown(widget)
      ? []
      : [
          {
            pointer,
            detail: `no widget ${widget} is registered: mend the name, or have its team register it`,
          },
        ],
  );
}

/** Of a widget and a list of one id, pages show the widget. */
function hiddenLists({ layout, registered }: Parts): ProblemError[] {
  return layout.editorial.flatMap(({ id }, index) =>
    registered.has(id)
      ? [
          {
            pointer: `/editorial/${index}/id`,
            detail: `a widget is registered as ${id}, and pages show that instead: give the list another id`,
          },
        ]
      : [],
  );
}

function unfilledPlacements({ layout, registered }: Parts): ProblemError[] {
  const live = [...registered.values()].filter(({ spec }) => spec.lifecycle === 'live');
  const takers = [
    ...layout.editorial.map((list) => ({ ...list, maxItems: list.items.length })),
    ...live.map(({ spec }) => spec),
  ];
  return layout.placements.flatMap((placement, index) =>
    takers.some((taker) => canTake(taker, placement))
      ? []
      : [
          {
            pointer: `/placements/${index}`,
            detail: `no live widget and no editorial list can take it: register one of the kind ${placement.kind}, or remove it`,
          },
        ],
  );
}

function pinsOfRegistered({ layout, registered }: Parts): ProblemError[] {
  const pins = scopedPins(layout);
  const unfit = pins.flatMap((pin) => {
    const spec = registered.get(pin.widget)?.spec;
    if (spec !== undefined && spec.lifecycle !== 'live') {
      const detail = `${pin.widget} is registered as ${spec.lifecycle}, which no page shows: have it live, or pin another`;
      return [{ pointer: `${pin.pointer}/widget`, detail }];
    }
    return misfitOf(pin, spec, layout);
  });
  return [...unfit, ...crowdedPins(layout, pins, (widget) => registered.get(widget)?.metadata.owner)];
}
