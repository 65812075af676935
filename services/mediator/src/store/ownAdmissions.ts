import { LRUCache } from 'lru-cache';
import type { AdmissionRequest } from './publicationStore.ts';

/** What this process has sent to the store and has not been told of yet, so that it need not read it back. */
export interface OwnAdmissions {
  /** `message` is what the store will tell everybody; no other admission has the same. */
  note(message: string, request: AdmissionRequest): void;
  /** Once: what was sent with this message. */
  take(message: string): AdmissionRequest | undefined;
}

/** What is pushed out is read from the store. */
const bytesKept = 16 * 1024 * 1024;

export function createOwnAdmissions(): OwnAdmissions {
  const sent = new LRUCache<string, AdmissionRequest>({ maxSize: bytesKept });
  return {
    note: (message, request) => void sent.set(message, request, { size: request.record.length }),
    take(message) {
      const request = sent.get(message);
      sent.delete(message);
      return request;
    },
  };
}
