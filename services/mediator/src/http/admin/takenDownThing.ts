import { EditorialWidget, Item, TakedownTarget, TeamId, WidgetId } from '@widget-mediator/contracts';
import type { TakenDownThing } from '../../store/takedownStore.ts';
import { HttpProblem } from '../httpProblem.ts';

const ItemType = EditorialWidget.shape.itemType;

/** What the path `/{target}/{id}` names, whether it exists or not. Throws {@link HttpProblem}. */
export function takenDownThing(params: { readonly target?: unknown; readonly id?: unknown }): TakenDownThing {
  const target = TakedownTarget.safeParse(params.target);
  if (!target.success) throw new HttpProblem('route-unknown');
  const id = String(params.id);
  const fault = faultOf(target.data, id);
  if (fault === undefined) return { target: target.data, id };
  throw new HttpProblem('validation-failed', { errors: [{ pointer: '/id', detail: fault }] });
}

function faultOf(target: TakedownTarget, id: string): string | undefined {
  switch (target) {
    case 'widget':
      return WidgetId.safeParse(id).success ? undefined : 'must be the id of a widget';
    case 'team':
      return TeamId.safeParse(id).success ? undefined : 'must be the id of a team';
    case 'item':
      return isItemName(id) ? undefined : 'must be the itemType, a colon and the id of an item: film:42';
  }
}

/** Two types may have items of one id. */
function isItemName(name: string): boolean {
  const colon = name.indexOf(':');
  return (
    colon > 0 &&
    ItemType.safeParse(name.slice(0, colon)).success &&
    Item.shape.id.safeParse(name.slice(colon + 1)).success
  );
}
