import { pageShape } from '../scenarios/pageLayout.ts';
import { pulled } from '../scenarios/pulled.ts';

/** A stub source, as the peers of the pulled page know it. */
export interface PulledSource {
  readonly id: string;
  readonly title: string;
  readonly origin: string;
}

const origins = (process.env['SOURCE_ORIGINS'] ?? '').split(',');

/** All fifteen, in the order that an editor would give them. */
export const pulledSources: readonly PulledSource[] = pulled
  .widgets(origins)
  .map(({ manifest: { metadata } }, index) => ({
    id: metadata.id,
    title: metadata.title,
    origin: origins[index] ?? '',
  }));

/** As many items as the mediator asks for. */
export const itemsAsked = pageShape.itemsShown * 2;
