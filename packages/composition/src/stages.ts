// For who measures the stages of `compose` one by one; pages are made by `compose` alone.
export { admit } from './admit.ts';
export { allocate } from './allocate.ts';
export { score } from './score.ts';
