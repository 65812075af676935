import { loadCatalogue, type Persona, simulatePersonas } from '@widget-mediator/film-catalogue';

/** Somebody to look at the homepage as. `device` is what they use unless the request says otherwise. */
export type Viewer = Pick<Persona, 'id' | 'name' | 'description' | 'segments' | 'device'>;

/** The choice of a visitor of whom nothing is known: no user, no segments, no key. */
export const ANONYMOUS = 'anonymous';

const anonymous: Viewer = {
  id: ANONYMOUS,
  name: 'Anonymous',
  description: 'A visitor of whom nothing is known: no account, no history, no segments.',
  segments: [],
  device: 'web',
};

/** The simulated personas and, last, the anonymous visitor. */
export function loadViewers(): readonly Viewer[] {
  const personas = simulatePersonas(loadCatalogue());
  return [
    ...personas.map(({ id, name, description, segments, device }) => ({
      id,
      name,
      description,
      segments,
      device,
    })),
    anonymous,
  ];
}
