import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { limits } from '@widget-mediator/contracts';
import { bodyProblem, bodyStream, dropRest, isPacked } from './bodyStream.ts';
import { HttpProblem } from './httpProblem.ts';
import { createLineSplitter, type Line } from './lineSplitter.ts';

/** The stream cannot be read on, from this line on. */
export class StreamFault extends Error {
  readonly line: number;
  readonly problem: HttpProblem;

  constructor(line: number, problem: HttpProblem) {
    super(problem.code);
    this.name = 'StreamFault';
    this.line = line;
    this.problem = problem;
  }
}

/**
 * What a packed stream may unpack to without a line that can be used: a bomb is all blank, or one line. What is not packed
 * costs its sender as much as us.
 */
const packedWaste = 16 * limits.publicationBytes;

/**
 * The lines of a body as they come; it is read no faster than they are taken. A longer one than a publication may be is
 * skipped. Throws {@link StreamFault}.
 *
 * @param beforeChunk is waited for before so many bytes are looked at
 */
export async function* readLines(
  request: IncomingMessage,
  beforeChunk: (bytes: number) => Promise<void>,
): AsyncGenerator<Line> {
  const splitter = createLineSplitter(limits.publicationBytes);
  let waste = 0;
  let body: Readable | undefined;
  try {
    body = bodyStream(request);
    // The request lives on when nobody reads it any more, so that it can be answered.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      await beforeChunk(chunk.length);
      const lines = splitter.push(chunk);
      waste = lines.some((line) => 'bytes' in line) ? 0 : waste + chunk.length;
      yield* lines;
      if (isPacked(request) && waste > packedWaste) {
        throw new HttpProblem('body-too-large', { maxBytes: limits.publicationBytes });
      }
    }
    yield* splitter.end();
  } catch (error) {
    throw new StreamFault(splitter.next, bodyProblem(request, error));
  } finally {
    if (body !== undefined) dropRest(request, body);
  }
}
