import * as z from 'zod';
import {
  Budget,
  BudgetMode,
  BudgetModes,
  metadataFields,
  specWith,
  type WidgetManifest,
} from './widgetManifest.ts';

/** The format before {@link WidgetManifest}. It is frozen: what is new is said in the newer one only. */
export const WidgetManifestV1 = z
  .strictObject({
    apiVersion: z.literal('widget-mediator/v1').describe('The version of this format.'),
    kind: z.literal('Widget').describe('What the document is.'),
    metadata: z.strictObject(metadataFields),
    spec: specWith(
      Budget.extend({
        mode: z
          .union([BudgetMode, BudgetModes])
          .default('enforce')
          .describe('One mode for rate, errors and load together, or one for each.'),
      }).prefault({}),
    ),
  })
  .meta({
    id: 'WidgetManifestV1',
    description: 'The format before WidgetManifest; still accepted, and stored as that.',
  });
export type WidgetManifestV1 = z.infer<typeof WidgetManifestV1>;

/** The same widget in the current format: a mode for all budgets becomes the mode of each. */
export function upgradeManifest({ metadata, kind, spec }: WidgetManifestV1): WidgetManifest {
  const { mode } = spec.budget;
  const modes = typeof mode === 'string' ? { rate: mode, errors: mode, load: mode } : mode;
  return {
    apiVersion: 'widget-mediator/v2',
    kind,
    metadata,
    spec: { ...spec, budget: { ...spec.budget, mode: modes } },
  };
}

/** The same widget as readers of version 1 know it. What only newer versions can say is left out. */
export function downgradeManifest({ metadata, kind, spec }: WidgetManifest): WidgetManifestV1 {
  const { deprecation: _unknownToV1, ...known } = metadata;
  return { apiVersion: 'widget-mediator/v1', kind, metadata: known, spec };
}
