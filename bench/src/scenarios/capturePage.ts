import http from 'node:http';
import { IncompletePage } from '../benchFailure.ts';
import { faultOf } from '../load/faultOf.ts';
import type { Mark } from '../load/load.ts';
import { numbered } from '../load/numbered.ts';
import type { CapturedPage } from '../peers/capturedPage.ts';

/** Where and how a page is asked for, and what it must hold. */
export interface PageRequest {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly marks: readonly Mark[];
}

/** Far below the numbers that the load generator uses. */
let captured = 0;

/** A page may miss a source when the machine stands still, several will not. */
const pagesTried = 3;

/** What comes of the first of some tries in which the page is complete. */
export async function inSomeTries<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; tried < pagesTried; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof IncompletePage)) throw error;
    }
  }
  return attempt();
}

export const captureComplete = (asked: PageRequest): Promise<CapturedPage> =>
  inSomeTries(() => capturePage(asked));

/** One answer, byte by byte. Rejects when it is no complete page. */
export function capturePage({ port, path, headers, marks }: PageRequest): Promise<CapturedPage> {
  return new Promise((resolve, reject) => {
    captured += 1;
    const asked = numbered(path, captured);
    const request = http.get({ host: '127.0.0.1', port, path: asked, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const body = Buffer.concat(chunks);
        const fault = faultOf(response.statusCode, body, marks);
        if (fault !== undefined) reject(new IncompletePage(`${asked} ${fault}`));
        else resolve({ headers: lasting(response.rawHeaders), body: body.toString() });
      });
    });
    request.once('error', reject);
  });
}

/** What Node writes by itself: about the moment and the connection, not about the page. */
const ofTheConnection = new Set(['date', 'connection', 'keep-alive']);

function lasting(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!ofTheConnection.has(name.toLowerCase())) kept.push(name, rawHeaders[index + 1] ?? '');
  }
  return kept;
}
