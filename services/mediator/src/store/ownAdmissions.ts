import type { Audience } from '@widget-mediator/contracts';
import { LRUCache } from 'lru-cache';
import type { AdmissionRequest } from './publicationStore.ts';
import { type Stamp, stampOf } from './stamp.ts';
import type { StoredRecord } from './storedPublication.ts';
import type { WidgetKey } from './widgetKey.ts';

/** What this process has sent to the store and has not been told of yet, so that it need not read it back. */
export interface OwnAdmissions {
  note(request: AdmissionRequest): void;
  /** Once: what was sent under this stamp. The same stamp is the same content. */
  take(widget: WidgetKey, audience: Audience, stamp: Stamp): StoredRecord | undefined;
}

/** Of records. What is pushed out is read from the store. */
const charactersKept = 16 * 1024 * 1024;

export function createOwnAdmissions(): OwnAdmissions {
  const sent = new LRUCache<string, StoredRecord>({ maxSize: charactersKept });
  return {
    note({ widget, audience, stored, record }) {
      const stamp = stampOf(stored);
      sent.set(nameOf(widget, audience, stamp), { stamp, record, stored }, { size: record.length });
    },
    take(widget, audience, stamp) {
      const name = nameOf(widget, audience, stamp);
      const found = sent.get(name);
      sent.delete(name);
      return found;
    },
  };
}

const nameOf = (widget: WidgetKey, audience: Audience, stamp: Stamp): string =>
  `${widget} ${JSON.stringify(audience)} ${stamp}`;
