import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AcceptedManifest, type WidgetManifest } from '@widget-mediator/contracts';
import { load } from 'js-yaml';

/**
 * The manifest in a recommender's `widget.yaml`, which stands beside the folder of its code. Throws when it does not fit the
 * contract.
 */
export function readWidgetFile(codeFolder: string): WidgetManifest {
  return AcceptedManifest.parse(load(readFileSync(join(codeFolder, '..', 'widget.yaml'), 'utf8')));
}

/** The same widget, asked where this process serves it. Throws for one that is pushed. */
export function servedAt(manifest: WidgetManifest, endpoint: string): WidgetManifest {
  const { delivery } = manifest.spec;
  if (delivery.mode !== 'pull') throw new Error(`${manifest.metadata.id} is not pulled`);
  return { ...manifest, spec: { ...manifest.spec, delivery: { ...delivery, endpoint } } };
}
