/*
 * Read by shape, not by `instanceof Error`: the errors of Node's own modules come from another realm under jest.
 */

const fieldOf = (error: unknown, name: 'code' | 'message'): string | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Such as `EADDRINUSE`. */
export const errorCode = (error: unknown): string | undefined => fieldOf(error, 'code');

/** The message; the errors of a dual-stack connect have only a code. */
export const errorMessage = (error: unknown): string =>
  fieldOf(error, 'message') ?? errorCode(error) ?? String(error);
