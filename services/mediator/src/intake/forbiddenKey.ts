import { jsonPointer } from '@widget-mediator/contracts';

/** A place in a JSON value, by the place that it is in. */
interface Place {
  readonly value: unknown;
  readonly key?: string;
  readonly within?: Place;
}

/** Pointers lead no deeper: to what is below, they lead as far as this. */
const deepest = 32;

/** Where in what `JSON.parse` returned the first key stands that could reach a prototype, as a JSON Pointer; undefined when none does. */
export function forbiddenKeyIn(root: unknown): string | undefined {
  const open: Place[] = [{ value: root }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value } = place;
    if (typeof value !== 'object' || value === null) continue;
    // Backwards, since the last is looked at first.
    for (const [key, inner] of Object.entries(value).toReversed()) {
      const found: Place = { value: inner, key, within: place };
      if (isForbidden(found)) return pointerTo(found);
      open.push(found);
    }
  }
  return undefined;
}

function isForbidden({ key, value }: Place): boolean {
  if (key === '__proto__') return true;
  return (
    key === 'constructor' && typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype')
  );
}

function pointerTo(place: Place): string {
  const path: string[] = [];
  for (let at: Place | undefined = place; at?.key !== undefined; at = at.within) path.push(at.key);
  return jsonPointer(path.toReversed().slice(0, deepest));
}
