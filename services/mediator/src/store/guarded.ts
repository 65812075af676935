import { StoreUnavailable } from './storeUnavailable.ts';

/** The same action, throwing `StoreUnavailable` for whatever Redis or the connection throws: to callers it means not now. */
export function guarded<A extends readonly unknown[], R>(
  action: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  return async (...args) => {
    try {
      return await action(...args);
    } catch (error) {
      throw new StoreUnavailable(error);
    }
  };
}
