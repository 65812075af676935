import { type BulkResult, limits } from '@widget-mediator/contracts';
import type { Request, Response } from 'express';
import type { IntakeBudget } from '../intake/intakeBudget.ts';
import { takePlace } from './holdToBudget.ts';
import { createLineWindow } from './lineWindow.ts';
import { linesType } from './pageStream.ts';
import { createPublishLine, type LineStream, type PublishLineParts, sizeOf } from './publishLine.ts';
import { readLines, StreamFault } from './readLines.ts';
import { problemBody } from './sendProblem.ts';
import type { Turns } from './turns.ts';

export interface PublishLinesParts extends PublishLineParts {
  readonly budget: IntakeBudget;
  readonly turns: Turns;
}

/** With this much of it in memory a stream is worth two bodies; Redis is kept busy by it. */
const atOnce = { lines: 16, bytes: limits.publicationBytes };

/** A client that neither sends nor takes anything is let go of. */
const stalledAfterMs = 15_000;

/**
 * Publishes a body line by line, and answers line by line while it comes. Who takes results slowly is read slowly; when the client
 * goes, reading ends, and what was begun is finished. What cannot be read on ends with a result of its own.
 */
export async function publishLines(
  parts: PublishLinesParts,
  { request, response }: { readonly request: Request; readonly response: Response },
  stream: LineStream,
): Promise<void> {
  const leave = takePlace(response, parts.budget, stream.team);
  response.setTimeout(stalledAfterMs, () => response.destroy());
  const publish = createPublishLine(parts, stream);
  const window = createLineWindow(atOnce, (result: BulkResult) => write(response, result));
  try {
    for await (const line of readLines(request, (bytes) => parts.turns.take(stream.team, bytes))) {
      if (response.destroyed) break;
      await window.add(sizeOf(line), () => publish(line));
    }
    await window.drained();
    begin(response);
    response.end();
  } catch (error) {
    if (!(error instanceof StreamFault)) throw error;
    await window.drained();
    if (!response.headersSent) throw error.problem;
    const problem = problemBody(error.problem);
    await write(response, { line: error.line, status: problem.status, problem });
    // What may still come is nobody's: the connection ends with the answer.
    response.end(() => request.destroy());
  } finally {
    leave();
  }
}

function begin(response: Response): void {
  if (response.headersSent) return;
  response.writeHead(200, {
    'Content-Type': `${linesType}; charset=utf-8`,
    'Cache-Control': 'no-store',
    // Of nginx: lines are passed on as they come.
    'X-Accel-Buffering': 'no',
  });
}

async function write(response: Response, result: BulkResult): Promise<void> {
  if (response.destroyed) return;
  begin(response);
  if (response.write(`${JSON.stringify(result)}\n`)) return;
  await new Promise<void>((resolve) => {
    const goOn = () => {
      response.off('drain', goOn).off('close', goOn);
      resolve();
    };
    response.on('drain', goOn).on('close', goOn);
  });
}
