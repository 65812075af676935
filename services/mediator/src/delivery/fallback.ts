import type { WidgetManifest } from '@widget-mediator/contracts';
import { type Content, present, widgetOpening } from '../intake/content.ts';
import type { Found } from '../registry/contentMemory.ts';

/**
 * The team's declared stand-in: its own list, or what another widget has published for everyone, under that widget's
 * title. Undefined when none is declared or the other widget has nothing.
 */
export function fallbackFor(manifest: WidgetManifest, find: (widget: string) => Found): Content | undefined {
  const { metadata, spec } = manifest;
  const { fallback } = spec;
  if (fallback === undefined) return undefined;
  const rules = {
    placements: spec.placements,
    minItems: spec.minItems,
    maxItems: spec.maxItems,
    dedupe: spec.dedupe,
  };
  if ('items' in fallback) {
    const { id, title } = metadata;
    return {
      ...present({ id, version: 1, title, itemType: spec.itemType, items: fallback.items, ...rules }),
      ...always,
    };
  }
  const found = find(fallback.widget);
  if (!found.found) return undefined;
  const { content } = found;
  const { version } = content.candidate;
  const { title, itemType } = content;
  return {
    ...content,
    candidate: { ...content.candidate, ...rules, widget: metadata.id },
    opening: widgetOpening({ id: metadata.id, version, title, itemType }),
  };
}

const always = { validFromMs: 0, freshUntilMs: Infinity, staleUntilMs: Infinity };
