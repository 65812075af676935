import type { Dispatcher } from 'undici';
import type { Cancellation } from './source.ts';

/** One POST to a source. */
export interface Exchange {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly maxBytes: number;
  readonly cancellation: Cancellation;
}

/** What came back. `isJson` is about the media type only; nothing was parsed yet. */
export type ExchangeResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly isJson: boolean;
      readonly etag: string | undefined;
      readonly retryAfter: string | undefined;
      readonly bytes: Buffer;
    }
  | { readonly kind: 'oversized' }
  | { readonly kind: 'broken' };

/**
 * One HTTP exchange, straight on undici's dispatcher: no streams, no AbortSignal. Bytes are counted as they come and
 * reading stops at `maxBytes`; a cancelled exchange lets go of its socket at once.
 */
export function httpExchange(dispatcher: Dispatcher, exchange: Exchange): Promise<ExchangeResult> {
  return new Promise((resolve) => {
    const { path, headers, body, maxBytes, cancellation } = exchange;
    const chunks: Buffer[] = [];
    let received = 0;
    let status = 0;
    let isJson = false;
    let etag: string | undefined;
    let retryAfter: string | undefined;

    const stopOversized = (controller: Dispatcher.DispatchController) => {
      resolve({ kind: 'oversized' });
      controller.abort(new Error('oversized'));
    };

    dispatcher.dispatch(
      { method: 'POST', path, headers, body },
      {
        onRequestStart(controller) {
          if (cancellation.cancelled) controller.abort(new Error('cancelled'));
          cancellation.onCancel = () => controller.abort(new Error('cancelled'));
        },
        onResponseStart(controller, statusCode, responseHeaders) {
          status = statusCode;
          isJson = /^application\/json\s*(?:;|$)/i.test(String(responseHeaders['content-type'] ?? ''));
          etag = textOf(responseHeaders['etag']);
          retryAfter = textOf(responseHeaders['retry-after']);
          if (Number(responseHeaders['content-length'] ?? 0) > maxBytes) stopOversized(controller);
        },
        onResponseData(controller, chunk) {
          received += chunk.length;
          if (received > maxBytes) stopOversized(controller);
          else chunks.push(chunk);
        },
        onResponseEnd() {
          const [only] = chunks;
          const bytes = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, received);
          resolve({ kind: 'answered', status, isJson, etag, retryAfter, bytes });
        },
        onResponseError() {
          resolve({ kind: 'broken' });
        },
      },
    );
  });
}

/** Of a header that is there once. */
const textOf = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;
