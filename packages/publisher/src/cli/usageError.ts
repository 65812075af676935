/** The command was called in a way that cannot work. The message tells how it can. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
