import type { Registration } from '@widget-mediator/contracts';

/**
 * Names one registration of a widget in the store. A widget that is removed and registered again, perhaps by another
 * team, has another key, so it never meets what was published before.
 */
export type WidgetKey = string;

export const widgetKey = ({ manifest, incarnation }: Registration): WidgetKey =>
  `${manifest.metadata.id}@${incarnation}`;

/** The widget that a key names. */
export const widgetOf = (key: WidgetKey): string => key.slice(0, key.indexOf('@'));
