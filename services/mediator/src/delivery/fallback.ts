import { createCandidate } from '@widget-mediator/composition';
import type { WidgetManifest } from '@widget-mediator/contracts';
import { type Content, listOf, present, widgetOpening } from '../intake/content.ts';
import type { Found } from '../registry/contentMemory.ts';

/** Lists of fallback items, made once a manifest: it is a degraded page that needs them, which has no time to lose. */
const made = new WeakMap<WidgetManifest, Content>();

/**
 * The team's declared stand-in: its own list, or what another widget has published for everyone, under that widget's
 * title. Undefined when none is declared or the other widget has nothing.
 */
export function fallbackFor(manifest: WidgetManifest, find: (widget: string) => Found): Content | undefined {
  const { fallback } = manifest.spec;
  if (fallback === undefined) return undefined;
  if ('items' in fallback) {
    const known = made.get(manifest) ?? ownList(manifest, fallback.items);
    made.set(manifest, known);
    return known;
  }
  const found = find(fallback.widget);
  return found.found ? borrowed(manifest, found.content) : undefined;
}

function ownList(manifest: WidgetManifest, items: Parameters<typeof listOf>[1]): Content {
  const { id, title } = manifest.metadata;
  const { itemType } = manifest.spec;
  const always = { validFromMs: 0, freshUntilMs: Infinity, staleUntilMs: Infinity, endMs: Infinity };
  const widget = { id, version: 1, title, itemType, ...rulesOf(manifest) };
  return { ...present(widget, listOf(itemType, items)), ...always };
}

/** Another widget's content, on the terms of this one. */
function borrowed(manifest: WidgetManifest, content: Content): Content {
  const { id } = manifest.metadata;
  const { title, itemType } = content;
  const { version } = content.candidate;
  return {
    ...content,
    candidate: createCandidate({ ...content.candidate, ...rulesOf(manifest), widget: id }),
    opening: widgetOpening({ id, version, title, itemType }),
  };
}

const rulesOf = ({ metadata, spec: { placements, minItems, maxItems, dedupe } }: WidgetManifest) => ({
  team: metadata.owner,
  placements,
  minItems,
  maxItems,
  dedupe,
});
