/** Why there are no figures, as a sentence for the person at the terminal. */
export class BenchFailure extends Error {
  override readonly name: string = 'BenchFailure';
}

/** A page that was not complete: it costs less, so no figure may have it in it. A round without one may follow. */
export class IncompletePage extends BenchFailure {
  override readonly name = 'IncompletePage';
}
