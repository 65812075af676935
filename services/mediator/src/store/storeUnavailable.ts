/** The durable store cannot be reached, or did not answer in time. What was asked of it may be asked again. */
export class StoreUnavailable extends Error {
  constructor(cause: unknown) {
    super('the durable store is unavailable', { cause });
    this.name = 'StoreUnavailable';
  }
}
