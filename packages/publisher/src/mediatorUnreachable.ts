/** No answer: the connection failed, broke, or took longer than `callTimeoutMs`. `cause` says which. */
export class MediatorUnreachable extends Error {
  override readonly name = 'MediatorUnreachable';
  /** Nobody was there to ask for a pause. */
  readonly retryAfterMs: undefined;

  constructor(cause: unknown) {
    super('the mediator cannot be reached', { cause });
  }
}
