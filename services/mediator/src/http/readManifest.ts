import {
  AcceptedManifest,
  type ManifestVersion,
  manifestVersionOf,
  manifestVersions,
  WidgetManifest,
} from '@widget-mediator/contracts';
import { z } from 'zod';
import { HttpProblem } from './httpProblem.ts';
import { validated } from './validated.ts';

/** A manifest in the current format, and the version in which its author wrote it. */
export interface ReadManifest {
  readonly manifest: WidgetManifest;
  readonly writtenIn: ManifestVersion;
}

/** The manifest in a document that names the widget of the path. Throws {@link HttpProblem}. */
export function readManifest(document: unknown, widgetId: string): ReadManifest {
  const writtenIn = manifestVersionOf(document);
  if (writtenIn === undefined && namesVersion(document)) throw unsupported();
  // Without a version it is held to the current one, which names all that is wrong.
  const manifest = validated(writtenIn === undefined ? WidgetManifest : AcceptedManifest, document);
  if (manifest.metadata.id !== widgetId) {
    throw new HttpProblem('validation-failed', {
      errors: [{ pointer: '/metadata/id', detail: 'must be the widget id of the path' }],
    });
  }
  return { manifest, writtenIn: writtenIn ?? manifest.apiVersion };
}

/** Whether a document claims to be of a version, if only of one that is not known. */
const namesVersion = (document: unknown): boolean =>
  z.looseObject({ apiVersion: z.string() }).safeParse(document).success;

/** What else is wrong cannot be said without knowing the version. */
const unsupported = (): HttpProblem =>
  new HttpProblem('api-version-unsupported', {
    errors: [{ pointer: '/apiVersion', detail: `must be one of ${manifestVersions.join(', ')}` }],
  });
