import {
  AcceptedManifest,
  limits,
  manifestVersionOf,
  manifestVersions,
  validationErrors,
  WidgetManifest,
} from '@widget-mediator/contracts';
import { errorAt, type Finding } from './finding.ts';
import type { SourceFile } from './sourceFile.ts';

export type CheckedManifest = {
  readonly findings: readonly Finding[];
  /** Undefined when the mediator would refuse it. */
  readonly manifest: WidgetManifest | undefined;
};

/** What the mediator would say of a manifest, as far as that can be told without it. */
export function checkManifest({ value, faults }: SourceFile): CheckedManifest {
  if (faults.length > 0) return refusedFor(faults);
  // Without a version that is known it is held to the current one, which names all that is wrong.
  const isKnown = manifestVersionOf(value) !== undefined;
  const parsed = (isKnown ? AcceptedManifest : WidgetManifest).safeParse(value);
  if (!parsed.success) {
    const { errors } = validationErrors(parsed.error.issues);
    return refusedFor(
      errors.map(({ pointer, detail }) =>
        errorAt(
          pointer,
          pointer === '/apiVersion' ? `must be one of ${manifestVersions.join(', ')}` : detail,
        ),
      ),
    );
  }
  // It is sent as JSON, with what has a default left out as in the file.
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes <= limits.manifestBytes) return { findings: [], manifest: parsed.data };
  return refusedFor([errorAt('', `must be at most ${limits.manifestBytes} bytes`)]);
}

const refusedFor = (findings: readonly Finding[]): CheckedManifest => ({ findings, manifest: undefined });
