/** Why there are no figures, as a sentence for the person at the terminal. */
export class BenchFailure extends Error {
  override readonly name = 'BenchFailure';
}
