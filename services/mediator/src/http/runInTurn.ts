import type { Request, RequestHandler, Response } from 'express';

/** Makes a step of a handler out of other handlers: they run one after the other, and what one refuses with is thrown. */
export function runInTurn(handlers: readonly RequestHandler[]) {
  return async (request: Request, response: Response): Promise<void> => {
    for (const handle of handlers) {
      await new Promise<void>((resolve, reject) => {
        handle(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
      });
    }
  };
}
