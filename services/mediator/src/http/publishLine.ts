import {
  type Audience,
  type BulkResult,
  limits,
  type Registration,
  type TeamId,
  WidgetId,
} from '@widget-mediator/contracts';
import { parseJson } from '../intake/parseJson.ts';
import { audienceKey } from '../registry/contentMemory.ts';
import { StoreUnavailable } from '../store/storeUnavailable.ts';
import { toProblem } from './errorHandler.ts';
import { refuseSpent } from './holdToBudget.ts';
import { HttpProblem } from './httpProblem.ts';
import type { Line } from './lineSplitter.ts';
import type { Publishing } from './publishing.ts';
import { problemBody } from './sendProblem.ts';
import type { Submission, Submitted } from './submission.ts';

/** What all lines of one stream have in common. */
export interface LineStream {
  readonly team: TeamId;
  readonly dryRun: boolean;
  /** What its sender calls the stream; each line is known by it and its number. */
  readonly identity: string | undefined;
  /** The widget of the path; without it every line names its own. */
  readonly registration?: Registration;
}

export interface PublishLineParts {
  /** Throws while pages need all there is. */
  readonly refuseWhileShed: () => void;
  readonly publishing: Publishing;
  /** A fault of our own; the line gets its problem. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Publishes lines of one stream, each as if it were sent alone. Several at once, but those for the same audience of a widget in
 * the order in which they came, so that none is outdated by the one after it. Never rejects: a refusal is a result.
 */
export function createPublishLine(
  { refuseWhileShed, publishing, onFault }: PublishLineParts,
  stream: LineStream,
): (line: Line) => Promise<BulkResult> {
  const running = new Map<string, Promise<unknown>>();
  let awayUntilMs = 0;

  return async (line) => {
    let widget = stream.registration?.manifest.metadata.id;
    try {
      refuseWhileShed();
      refuseWhileAway();
      const submission = await addressed(line);
      const { registration } = submission;
      widget = registration.manifest.metadata.id;
      refuseSpent(publishing.spend(registration, stream.dryRun, sizeOf(line)));
      const { receipt } = await submit(submission);
      return { line: line.number, status: stream.dryRun ? 200 : 202, widget, receipt };
    } catch (error) {
      if (error instanceof StoreUnavailable && !isAway()) awayUntilMs = performance.now() + awayForMs;
      return refusal(line.number, error, widget);
    }
  };

  /** The store did not answer a line a moment ago: if each of those after it waited for that, too, the stream would take hours. */
  function refuseWhileAway(): void {
    if (isAway()) throw new StoreUnavailable(new Error('it was away for a line before'));
  }

  function isAway(): boolean {
    return performance.now() < awayUntilMs;
  }

  /** Whose budget it is has to be known first; of a stream to one widget it is, before anything is parsed. */
  async function addressed(line: Line): Promise<Pick<Submission, 'registration' | 'read'>> {
    const { registration, team } = stream;
    const identity = stream.identity && `${stream.identity} line ${line.number}`;
    if (registration !== undefined) {
      return { registration, read: () => ({ body: bytesOf(line, registration), identity }) };
    }
    const { widget, ...publication } = namedIn(parseJson(bytesOf(line)));
    const found = await publishing.owned(team, widget, refuseSpent);
    return {
      registration: found,
      read() {
        refuseBeyond(sizeOf(line), found);
        return { body: { parsed: publication }, identity };
      },
    };
  }

  function submit({ registration, read }: Pick<Submission, 'registration' | 'read'>): Promise<Submitted> {
    const submitted: Promise<Submitted> = publishing.submit({
      registration,
      dryRun: stream.dryRun,
      read,
      inTurn(audience: Audience) {
        const place = `${registration.manifest.metadata.id} ${audienceKey(audience)}`;
        const before = running
          .get(place)
          ?.catch(() => {})
          .then(refuseWhileAway);
        running.set(place, submitted);
        void submitted
          .catch(() => {})
          .finally(() => {
            if (running.get(place) === submitted) running.delete(place);
          });
        return before;
      },
    });
    return submitted;
  }

  function refusal(line: number, error: unknown, widget: string | undefined): BulkResult {
    const problem = problemOf(error);
    return { line, status: problem.status, ...(widget !== undefined && { widget }), problem };
  }

  function problemOf(error: unknown) {
    const problem = toProblem(error);
    if (problem.code === 'internal-error') onFault(error);
    return problemBody(problem);
  }
}

/** As long as who is refused for it is asked to wait. */
const awayForMs = 1_000;

/** What is longer than any may be was not kept, and is refused by its size. */
const empty = Buffer.alloc(0);

export const sizeOf = (line: Line): number =>
  'bytes' in line ? line.bytes.length : limits.publicationBytes + 1;

function bytesOf(line: Line, registration?: Registration): Buffer {
  refuseBeyond(sizeOf(line), registration);
  return 'bytes' in line ? line.bytes : empty;
}

function refuseBeyond(bytes: number, registration?: Registration): void {
  const maxBytes = registration?.manifest.spec.budget.maxBytes ?? limits.publicationBytes;
  if (bytes > maxBytes) throw new HttpProblem('body-too-large', { maxBytes });
}

function namedIn(value: unknown): { widget: string } & Record<string, unknown> {
  const named = typeof value === 'object' && value !== null && 'widget' in value ? value : undefined;
  const widget = WidgetId.safeParse(named?.widget);
  if (widget.success) return { ...named, widget: widget.data };
  throw new HttpProblem('validation-failed', {
    errors: [{ pointer: '/widget', detail: 'must name the widget that the line is for' }],
  });
}
