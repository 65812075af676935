import { withProvenance } from '@widget-mediator/composition';
import { type Provenance, verdictTable, type WidgetManifest } from '@widget-mediator/contracts';
import type { Content } from '../intake/content.ts';
import type { Found } from '../registry/contentMemory.ts';
import type { Collected } from './collected.ts';
import { fallbackFor } from './fallback.ts';
import type { Answer } from './source.ts';

/** What delivery came to for one widget: an answer, and what its source said before, if that may still be shown. */
export type Outcome =
  | { readonly answer: Answer; readonly stale?: Content | undefined }
  | { readonly found: Found };

type Rung = Pick<Collected, 'entry' | 'code'>;

/**
 * The ladder: fresh, else what the source said before, else its team's stand-in. A fault is answered by the next rung; an
 * abstention is believed. Whatever stands in, the reason stays with it.
 */
export function climb(manifest: WidgetManifest, outcome: Outcome, find: (widget: string) => Found): Rung {
  const first =
    'found' in outcome ? fromFound(outcome.found) : fromAnswer(outcome.answer, manifest.spec.minItems);
  const { code } = first;
  if (code === undefined || !needsStandIn(code)) return first;
  const stale = 'stale' in outcome ? outcome.stale : undefined;
  if (stale !== undefined) return { entry: entryOf(stale, 'stale'), code };
  const content = fallbackFor(manifest, find);
  return content === undefined ? first : { entry: entryOf(content, 'fallback'), code };
}

/** A fault does, and so does what its team withdrew, which is none. */
const needsStandIn = (code: NonNullable<Rung['code']>): boolean =>
  code === 'too-few-items' || code === 'withdrawn' || verdictTable[code].degraded;

const fromFound = (found: Found): Rung =>
  found.found ? { entry: entryOf(found.content, found.provenance) } : { code: found.code };

function entryOf(content: Content, provenance: Provenance): NonNullable<Rung['entry']> {
  return { content, candidate: withProvenance(content.candidate, provenance) };
}

/** An answer that is too small to be shown enters all the same, if nothing stands in for it: it gets its verdict there. */
function fromAnswer(answer: Answer, minItems: number): Rung {
  if (answer.status === 'absent') return { code: answer.code };
  const entry = entryOf(answer.content, 'fresh');
  return answer.content.candidate.items.length < minItems ? { entry, code: 'too-few-items' } : { entry };
}
