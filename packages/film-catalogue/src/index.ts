export { type Catalogue, loadCatalogue } from './catalogue.ts';
export type { Film } from './film.ts';
export { SIMULATED_NOW, type Watch } from './simulateHistory.ts';
export { type Persona, simulatePersonas } from './simulatePersonas.ts';
export { type FilmItem, filmToItem, personId } from './toItem.ts';
export type { Device } from './viewers.ts';
