import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/** Enough for a viewer, segments and some hundred ids to exclude. */
const MAX_BYTES = 64 * 1024;

/** The body as parsed JSON. @throws Refusal: 415 for another media type, 413 beyond 64 KiB, 400 for what is not JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';');
  if (mediaType.trim().toLowerCase() !== 'application/json') throw new Refusal(415);
  const body = await readBody(request);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal(400);
  }
}

/** Beyond the limit the rest is read and thrown away: the caller is still sending and would miss an answer. */
function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BYTES) chunks.push(chunk);
      else reject(new Refusal(413));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => reject(new Refusal(400)));
  });
}
