import { Router } from 'express';

/**
 * A router for paths just as they are written. Express takes `/v1/Keys` and `/v1/keys/` for `/v1/keys`; a proxy, which has its
 * rules by path, does not.
 */
export const exactRouter = (): Router => Router({ caseSensitive: true, strict: true });
