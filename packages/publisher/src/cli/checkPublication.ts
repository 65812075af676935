import {
  Publication,
  unknownFields,
  validationErrors,
  type WidgetManifest,
} from '@widget-mediator/contracts';
import { errorAt, type Finding, warningAt } from './finding.ts';
import type { SourceFile } from './sourceFile.ts';

export type CheckedPublication = {
  readonly findings: readonly Finding[];
  /** Undefined when the mediator would refuse it. */
  readonly publication: Publication | undefined;
};

/** What the mediator would say of a publication of this widget, as far as that can be told without it. */
export function checkPublication(
  { value, faults, bytes }: SourceFile,
  manifest: WidgetManifest | undefined,
): CheckedPublication {
  if (faults.length > 0) return { findings: faults, publication: undefined };
  const parsed = Publication.safeParse(value);
  if (!parsed.success) {
    const { errors } = validationErrors(parsed.error.issues);
    return {
      findings: errors.map(({ pointer, detail }) => errorAt(pointer, detail)),
      publication: undefined,
    };
  }
  const unknown = unknownFields(value).map(({ pointer, detail }) => warningAt(pointer, detail));
  const findings = [...repeated(parsed.data), ...unknown, ...againstManifest(parsed.data, bytes, manifest)];
  const isRefused = findings.some(({ severity }) => severity === 'error');
  return { findings, publication: isRefused ? undefined : parsed.data };
}

function* repeated({ items }: Publication): Generator<Finding> {
  const first = new Map<string, number>();
  for (const [index, { id }] of items.entries()) {
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    else yield warningAt(`/items/${index}/id`, `is that of /items/${before}, and the item is dropped`);
  }
}

function* againstManifest(
  { items }: Publication,
  bytes: number,
  manifest: WidgetManifest | undefined,
): Generator<Finding> {
  if (manifest === undefined) return;
  const { budget, minItems } = manifest.spec;
  if (bytes > budget.maxBytes)
    yield errorAt('', `must be at most spec.budget.maxBytes, ${budget.maxBytes} bytes`);
  const different = new Set(items.map(({ id }) => id)).size;
  if (different < minItems) {
    const detail = `holds ${different} different items, and spec.minItems wants ${minItems}: it is not shown`;
    yield warningAt('/items', detail);
  }
}
