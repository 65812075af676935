import { z } from 'zod';
import { parseRecord } from '../store/parseRecord.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import type { RecordStore } from '../store/recordStore.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import { type WidgetKey, widgetKey } from '../store/widgetKey.ts';

/**
 * Deletes what is left of widgets that were removed: their mediator may have died before it could, or another took in a
 * publication just then. Resolves to how many had left anything.
 */
export type DeleteLeftBehind = () => Promise<number>;

export interface LeftBehindParts {
  readonly records: RecordStore;
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly now: () => number;
}

/** Removals of so long are looked at, again and again; by then what hung on one has happened. */
const lookBackMs = 24 * 60 * 60 * 1000;
const entriesAtOnce = 500;

const Incarnation = z.object({ incarnation: z.string() });

export function createDeleteLeftBehind(parts: LeftBehindParts): DeleteLeftBehind {
  const { records, registrations, publications, now } = parts;
  return async () => {
    let found = 0;
    for (const widget of await removedWidgets()) {
      const keys = await formerKeys(widget);
      for (const [key, stamps] of await publications.stamps(keys)) {
        if (stamps.length === 0) continue;
        await publications.removeWidget(key);
        found += 1;
      }
    }
    return found;
  };

  async function removedWidgets(): Promise<ReadonlySet<string>> {
    const since = new Date(now() - lookBackMs).toISOString();
    const removed = new Set<string>();
    for (let before: string | undefined; ; ) {
      const entries = await records.audit(entriesAtOnce, before);
      const recent = entries.filter(({ at }) => at >= since);
      for (const { kind, action, subject } of recent) {
        if (kind === 'widget' && action === 'removed') removed.add(subject);
      }
      if (recent.length < entriesAtOnce) return removed;
      before = recent.at(-1)?.id;
    }
  }

  /** Of all registrations that the widget ever had but the one that it has. */
  async function formerKeys(widget: string): Promise<WidgetKey[]> {
    const versions = await records.versions('widget', widget);
    const current = await registrations.read(widget);
    const keys = versions.flatMap(({ record }) => {
      const parsed = parseRecord(Incarnation, record);
      return parsed === undefined ? [] : [`${widget}@${parsed.incarnation}`];
    });
    return [...new Set(keys)].filter((key) => current === undefined || key !== widgetKey(current));
  }
}
