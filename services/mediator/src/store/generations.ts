import { randomUUID } from 'node:crypto';
import type { AuditKind } from '@widget-mediator/contracts';
import { StoreUnavailable } from './storeUnavailable.ts';

/**
 * Names one life of the records of a kind. It is a field of the same hash, so that it goes when they go: with a Redis that was
 * emptied, or that evicts. What is missing from another generation than the one that memory follows was lost, and not removed.
 */
export type Generation = string;

/** No name of a record: those hold no spaces. */
export const generationField = ' generation';

/** The generations that memory follows; a process that follows none takes the store as it is. */
export interface Generations {
  known(kind: AuditKind): Generation | undefined;
  follow(kind: AuditKind, generation: Generation): void;
  isLost(kind: AuditKind, found: Generation | null | undefined): boolean;
  /** Throws `StoreUnavailable`, and tells whoever can put back what was lost. */
  refuseLost(kind: AuditKind, found: Generation | null | undefined): void;
}

export const newGeneration = (): Generation => randomUUID().slice(0, 8);

export function createGenerations(onLost: () => void): Generations {
  const followed = new Map<AuditKind, Generation>();
  const isLost = (kind: AuditKind, found: Generation | null | undefined): boolean => {
    const known = followed.get(kind);
    return known !== undefined && known !== found;
  };
  return {
    known: (kind) => followed.get(kind),
    follow: (kind, generation) => void followed.set(kind, generation),
    isLost,
    refuseLost(kind, found) {
      if (!isLost(kind, found)) return;
      onLost();
      throw new StoreUnavailable(new Error('the store lost its records'));
    },
  };
}
