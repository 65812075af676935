import type { Candidate } from '@widget-mediator/composition';
import type { DeliveryCode, Registration } from '@widget-mediator/contracts';
import type { Content } from '../intake/content.ts';
import type { ContentMemory } from '../registry/contentMemory.ts';
import type { UserContent } from '../registry/userContent.ts';
import type { Sources } from './sources.ts';

/**
 * What one widget brought to a page: something to show (and why it is not fresh), or why nothing.
 * `candidate` is its content on the rung that it entered by. `durationMs` counts from the start of the page.
 */
export interface Collected {
  readonly registration: Registration;
  readonly durationMs: number;
  readonly entry?: { readonly content: Content; readonly candidate: Candidate };
  readonly code?: DeliveryCode | 'too-few-items';
}

export interface CollectParts {
  readonly contents: ContentMemory;
  readonly users: Pick<UserContent, 'isUsed' | 'cached' | 'remembered' | 'load'>;
  readonly sources: Pick<Sources, 'of'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called when asking a source failed by a fault of our own. */
  readonly onFault: (widget: string, error: unknown) => void;
}
