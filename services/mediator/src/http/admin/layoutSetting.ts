import { isDeepStrictEqual } from 'node:util';
import { registrationFindings } from '@widget-mediator/composition';
import {
  type Layout,
  type LayoutRecord,
  limits,
  type ProblemError,
  type Registration,
} from '@widget-mediator/contracts';
import { findingsBetween, overridden } from '../../homepage/effectiveLayouts.ts';
import type { FindingsOf, Layouts } from '../../homepage/layouts.ts';
import { layoutTag } from '../../homepage/layoutTag.ts';
import { keepsChanging, type LayoutStore, type StoredLayout, storedOf } from '../../store/layoutStore.ts';
import { holds, type Precondition } from '../../store/precondition.ts';
import type { Author } from '../../store/recordStore.ts';
import { HttpProblem } from '../httpProblem.ts';

export interface LayoutSettingParts {
  readonly store: LayoutStore;
  readonly layouts: Pick<Layouts, 'files'>;
  readonly findingsOf: FindingsOf;
  readonly registrations: () => Iterable<Registration>;
}

/** Who makes a change, and what they saw before. */
export interface ChangeTerms {
  readonly by: Author;
  readonly precondition: Precondition;
}

/** Reads and sets layouts. Every method throws `HttpProblem` to refuse, and `StoreUnavailable`. */
export interface LayoutSetting {
  list(): Promise<LayoutRecord[]>;
  read(id: string): Promise<LayoutRecord>;
  put(layout: Layout, terms: ChangeTerms): Promise<{ isNew: boolean; record: LayoutRecord }>;
  rollBack(id: string, revision: number, terms: ChangeTerms): Promise<LayoutRecord>;
  remove(id: string, terms: ChangeTerms): Promise<void>;
}

const attempts = 5;

/** What stands in the store, and in the files below it. */
interface Situation {
  readonly records: ReadonlyMap<string, string>;
  readonly stored: readonly StoredLayout[];
}

export function createLayoutSetting(parts: LayoutSettingParts): LayoutSetting {
  const { store, layouts, findingsOf } = parts;
  const { files } = layouts;

  return {
    async list() {
      const { stored } = await situation();
      const ids = new Set([...files.map(({ id }) => id), ...stored.map(({ layout }) => layout.id)]);
      return [...ids].sort().flatMap((id) => inUse(stored, id) ?? []);
    },

    async read(id) {
      const record = inUse((await situation()).stored, id);
      if (record === undefined) throw new HttpProblem('layout-unknown');
      return record;
    },

    put: (layout, terms) => set(layout, terms, 'updated'),

    async rollBack(id, revision, terms) {
      const versions = await store.versions(id);
      const old = versions.find(({ entry, record }) => entry.revision === revision && record !== null);
      const layout = storedOf(old?.record ?? null)?.layout;
      if (layout === undefined) throw new HttpProblem('layout-unknown');
      return (await set(layout, terms, 'rolled-back')).record;
    },

    async remove(id, { by, precondition }) {
      for (let left = attempts; left > 0; left -= 1) {
        const { records, stored } = await situation();
        const record = records.get(id);
        if (record === undefined) throw new HttpProblem('layout-unknown');
        refuseUnlessSeen(precondition, inUse(stored, id));
        refuseFaulty(findingsBetween(allBut(stored, id)));
        if (await store.remove({ id, record, by })) return;
      }
      throw keepsChanging();
    },
  };

  async function set(
    layout: Layout,
    { by, precondition }: ChangeTerms,
    action: 'updated' | 'rolled-back',
  ): Promise<{ isNew: boolean; record: LayoutRecord }> {
    const { id } = layout;
    const manifests = [...parts.registrations()].map(({ manifest }) => manifest);
    const warnings = registrationFindings(layout, manifests);
    for (let left = attempts; left > 0; left -= 1) {
      const { records, stored } = await situation();
      const current = inUse(stored, id);
      // A change that was made already is none that could be forbidden: a retry whose first answer was lost succeeds.
      const isMade = current?.origin === 'store' && isDeepStrictEqual(current.layout, layout);
      if (isMade) return { isNew: false, record: { ...current, warnings } };
      refuseUnlessSeen(precondition, current);
      await refuseReused(layout);
      refuseFaulty([...findingsOf(layout), ...findingsBetween(overridden(allBut(stored, id), [{ layout }]))]);
      const isNew = !records.has(id);
      const change = { id, record: records.get(id) ?? null, by };
      const made = await store.put(layout, change, isNew && action === 'updated' ? 'created' : action);
      if (made !== undefined) return { isNew, record: { ...made, warnings } };
    }
    throw keepsChanging();
  }

  async function situation(): Promise<Situation> {
    const records = await store.readRecords();
    return { records, stored: [...records.values()].flatMap((record) => storedOf(record) ?? []) };
  }

  function inUse(stored: Situation['stored'], id: string): LayoutRecord | undefined {
    const found = stored.find(({ layout }) => layout.id === id);
    if (found !== undefined) return found;
    const file = files.find((layout) => layout.id === id);
    return file && { layout: file, origin: 'file', revision: 0 };
  }

  /** What there would be without what is stored under this id. */
  function allBut(stored: Situation['stored'], id: string): readonly Layout[] {
    const others = stored.filter(({ layout }) => layout.id !== id && findingsOf(layout).length === 0);
    return overridden(files, others);
  }

  async function refuseReused(layout: Layout): Promise<void> {
    const kept = (await store.versions(layout.id)).flatMap(({ record }) => storedOf(record)?.layout ?? []);
    const isOther = (one: Layout) =>
      one.id === layout.id && one.version === layout.version && !isDeepStrictEqual(one, layout);
    if ([...kept, ...files].some(isOther)) throw new HttpProblem('layout-version-reused');
  }
}

function refuseUnlessSeen(precondition: Precondition, current: LayoutRecord | undefined): void {
  if (!holds(precondition, current && layoutTag(current))) throw new HttpProblem('precondition-failed');
}

function refuseFaulty(findings: readonly ProblemError[]): void {
  if (findings.length === 0) return;
  const errors = findings
    .slice(0, limits.errorsPerProblem)
    .map(({ pointer, detail }): ProblemError => ({ pointer, detail }));
  throw new HttpProblem('validation-failed', {
    errors,
    ...(findings.length > errors.length && { errorsTruncated: true as const }),
  });
}
