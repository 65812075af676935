import type { ServerResponse } from 'node:http';
import type { PageError } from '@widget-mediator/contracts';
import type { Homepage } from '../homepage/composeHomepage.ts';
import { HttpProblem } from './httpProblem.ts';
import { pageVary, serverTiming } from './sendPage.ts';
import { problemBody } from './sendProblem.ts';

export const linesType = 'application/x-ndjson';

export interface PageStreamOptions {
  /** How long a client may take nothing of what was sent, before it counts as gone. */
  readonly stalledAfterMs: number;
}

/** A response that a page is written to as it is settled. */
export interface PageStream {
  readonly hasBegun: boolean;
  emit(lines: Buffer): void;
  end(page: Homepage): void;
  /** Ends with an error line. Returns the instance of its problem, for the log. */
  fail(): string;
}

/**
 * Writes a page to a response, line by line. What a slow client has not taken yet waits in the response: never more than
 * one page. A client that takes nothing at all is let go of.
 */
export function openPageStream(
  response: ServerResponse,
  { stalledAfterMs }: PageStreamOptions = { stalledAfterMs: 10_000 },
): PageStream {
  let hasBegun = false;
  return {
    get hasBegun() {
      return hasBegun;
    },
    emit(lines) {
      if (!hasBegun) begin();
      hasBegun = true;
      response.write(lines);
    },
    end(page) {
      response.addTrailers({ 'Server-Timing': serverTiming(page.timingsMs) });
      response.end(page.body);
    },
    fail() {
      const problem = problemBody(new HttpProblem('internal-error'));
      const line: PageError = { type: 'error', problem };
      response.end(`${JSON.stringify(line)}\n`);
      return problem.instance;
    },
  };

  function begin(): void {
    response.setTimeout(stalledAfterMs, () => response.destroy());
    response.writeHead(200, {
      'Content-Type': `${linesType}; charset=utf-8`,
      'Cache-Control': 'private, no-store',
      Vary: pageVary,
      Trailer: 'Server-Timing',
      // Of nginx: lines are passed on as they come.
      'X-Accel-Buffering': 'no',
    });
  }
}
