/** Why something did not start, as a sentence for the person at the terminal: what is wrong and what to do. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}
