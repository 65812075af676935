import * as z from 'zod';
import { WidgetManifest } from './widgetManifest.ts';
import { upgradeManifest, WidgetManifestV1 } from './widgetManifestV1.ts';

/** The versions of the manifest that are accepted, the current one first. */
export const manifestVersions = ['widget-mediator/v2', 'widget-mediator/v1'] as const;
export type ManifestVersion = (typeof manifestVersions)[number];

/** Since when version 1 is deprecated. */
export const manifestV1DeprecatedAt = '2026-11-27T00:00:00Z';

/** The version that a document says it is of, if that is one of the accepted ones. */
export function manifestVersionOf(document: unknown): ManifestVersion | undefined {
  const { data } = z.looseObject({ apiVersion: z.enum(manifestVersions) }).safeParse(document);
  return data?.apiVersion;
}

/** A manifest of any accepted version; what is parsed is of the current one, upgraded where it was older. */
export const AcceptedManifest = z
  .discriminatedUnion('apiVersion', [WidgetManifest, WidgetManifestV1.transform(upgradeManifest)])
  .meta({ id: 'AcceptedManifest', description: 'A manifest: of the current version, or of the one before.' });
export type AcceptedManifest = z.infer<typeof AcceptedManifest>;

/** A manifest as its author may write it: of any accepted version, and without what has a default. */
export type WidgetManifestInput = z.input<typeof AcceptedManifest>;

/** The same, of the current version. */
export type CurrentManifestInput = z.input<typeof WidgetManifest>;
