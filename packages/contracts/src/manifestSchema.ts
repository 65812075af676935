import * as z from 'zod';
import type { ManifestVersion } from './acceptedManifest.ts';
import type { Json } from './json.ts';
import { WidgetManifest } from './widgetManifest.ts';
import { WidgetManifestV1 } from './widgetManifestV1.ts';

const schemaOf = {
  'widget-mediator/v2': WidgetManifest,
  'widget-mediator/v1': WidgetManifestV1,
} as const satisfies Record<ManifestVersion, z.ZodType>;

/**
 * The JSON Schema of a manifest as its author writes it, in draft 7, which is what editors know best. It cannot say all
 * that the mediator checks: relations between fields (`minItems` and `maxItems`) are seen when it is registered.
 */
export function manifestSchema(version: ManifestVersion): Json {
  const schema = z.toJSONSchema(schemaOf[version], { io: 'input', target: 'draft-7' });
  return JSON.parse(JSON.stringify(schema));
}
