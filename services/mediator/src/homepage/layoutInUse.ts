import { readFileSync } from 'node:fs';
import type { Candidate } from '@widget-mediator/composition';
import { editorialCandidates, layoutFindings } from '@widget-mediator/composition';
import { Layout, type ProblemError } from '@widget-mediator/contracts';
import { type Presented, present } from '../intake/content.ts';
import { validationErrors } from '../intake/validationErrors.ts';

/** The layout that pages are made from, with its editorial pool ready to be shown. */
export interface LayoutInUse {
  readonly layout: Layout;
  readonly editorial: readonly Candidate[];
  /** The editorial widgets' content, by widget. */
  readonly editorialContent: ReadonlyMap<string, Presented>;
}

/** Reads and checks a layout file. Throws {@link LayoutRefused} with every finding at once. */
export function readLayout(path: string): LayoutInUse {
  const parsed = Layout.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new LayoutRefused(path, validationErrors(parsed.error.issues).errors);
  const findings = layoutFindings(parsed.data);
  if (findings.length > 0) throw new LayoutRefused(path, findings);
  return useLayout(parsed.data);
}

/** Makes a valid layout ready for pages. */
export function useLayout(layout: Layout): LayoutInUse {
  const editorial = editorialCandidates(layout);
  const candidateOf = new Map(editorial.map((candidate) => [candidate.widget, candidate]));
  const editorialContent = new Map<string, Presented>();
  for (const { id, title, itemType, items } of layout.editorial) {
    const candidate = candidateOf.get(id);
    if (candidate === undefined) continue;
    const { version, placements, minItems, maxItems, dedupe } = candidate;
    editorialContent.set(
      id,
      present({ id, version, title, itemType, items, placements, minItems, maxItems, dedupe }),
    );
  }
  return { layout, editorial, editorialContent };
}

/** The layout file cannot be used; `findings` point into it. */
export class LayoutRefused extends Error {
  readonly findings: readonly ProblemError[];

  constructor(path: string, findings: readonly ProblemError[]) {
    const lines = findings.map(({ pointer, detail }) => `  ${pointer || '(whole file)'} ${detail}`);
    super(`the layout in ${path} cannot be used:\n${lines.join('\n')}`);
    this.name = 'LayoutRefused';
    this.findings = findings;
  }
}
