import type { Catalogue } from './catalogue.ts';
import { personas } from './personas.ts';
import { simulateHistory, type Watch } from './simulateHistory.ts';
import type { Viewer } from './viewers.ts';

/** An invented viewer with a simulated history, newest first. */
export type Persona = Viewer & { readonly history: readonly Watch[] };

/**
 * The eight personas of the examples. Every service that calls this with the same catalogue and seed gets the same, byte
 * for byte, so they agree on who watched what without a shared store. Each persona draws from its own seed: adding one
 * changes no other.
 */
export function simulatePersonas(catalogue: Catalogue, seed = 'widget-mediator'): readonly Persona[] {
  return personas.map(({ viewer, habits }) => ({
    ...viewer,
    history: simulateHistory(catalogue.films, habits, `${seed}/${viewer.id}`),
  }));
}
