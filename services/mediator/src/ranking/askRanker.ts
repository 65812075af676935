import type { Candidate, Ranking } from '@widget-mediator/composition';
import type { DeliveryCode, HomepageRequest, Ranker } from '@widget-mediator/contracts';
import { ClientGone } from '../delivery/clientGone.ts';
import { leastUsefulMs } from '../delivery/collect.ts';
import { type Absent, absent, type Cancellation, cancel, newCancellation } from '../delivery/source.ts';
import type { PageTrace } from '../observability/pageTrace.ts';
import type { Ranked } from './httpRanker.ts';
import { rankerRequestFor } from './rankerRequest.ts';
import type { Rankers } from './rankers.ts';

/** What became of asking a ranker. Without a `ranking`, consensus ranks. `durationMs` is what the page waited. */
export type RankerReport =
  | { readonly outcome: 'answered'; readonly durationMs: number; readonly ranking: Ranking }
  | { readonly outcome: DeliveryCode; readonly durationMs: number; readonly ranking?: never };

export interface AskRankerParts {
  readonly rankers: Rankers;
  readonly onRanked: (report: RankerReport) => void;
  /** Called when asking the ranker failed by a fault of our own. */
  readonly onRankerFault: (error: unknown) => void;
}

/** A page that waits for its ranker. */
export interface UnrankedPage {
  readonly request: HomepageRequest;
  readonly candidates: readonly Candidate[];
  /** What is left until the page must be composed. */
  readonly remainingMs: number;
  /** Cancelled when the page's client is gone. */
  readonly cancellation: Cancellation;
  readonly trace: PageTrace;
}

/**
 * Asks a ranker for one page, within what the page has left. A fault of any kind is an outcome; it rejects only with
 * `ClientGone`.
 */
export async function askRanker(
  parts: AskRankerParts,
  ranker: Ranker,
  page: UnrankedPage,
): Promise<RankerReport> {
  const startedAt = performance.now();
  const ranking = page.trace.stage('rank');
  const answer = await ask(parts, ranker, page);
  ranking();
  const durationMs = performance.now() - startedAt;
  const report: RankerReport =
    answer.status === 'entered'
      ? { outcome: 'answered', durationMs, ranking: answer.ranking }
      : { outcome: answer.code, durationMs };
  parts.onRanked(report);
  return report;
}

async function ask(
  { rankers, onRankerFault }: AskRankerParts,
  ranker: Ranker,
  { request, candidates, remainingMs, cancellation, trace }: UnrankedPage,
): Promise<Ranked | Absent> {
  if (cancellation.cancelled) throw new ClientGone();
  if (remainingMs < leastUsefulMs) return absent('deadline-too-short');
  const call = trace.call('ranker');
  const { traceparent } = call;
  const question = { remainingMs, cancellation: newCancellation(), traceparent };
  try {
    const asked = rankers.of(ranker)({ ...question, request: rankerRequestFor(request, candidates) });
    const inTime = remainingMs < ranker.latencyMs ? untilPageCloses(asked, remainingMs) : asked;
    const answer = await unlessGone(inTime, cancellation, question.cancellation);
    call.end(answer.status === 'entered' ? answer.status : answer.code);
    return answer;
  } catch (error) {
    if (error instanceof ClientGone) throw error;
    onRankerFault(error);
    return absent('mediator-fault');
  }
}

/** As with a source: the page goes on, and the call to its own `latencyMs`, so that the breaker judges all alike. */
function untilPageCloses(asked: Promise<Ranked | Absent>, remainingMs: number): Promise<Ranked | Absent> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(absent('page-deadline')), remainingMs);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Whoever waits for a page that nobody wants any more leaves the call. */
function unlessGone<T>(asked: Promise<T>, page: Cancellation, asking: Cancellation): Promise<T> {
  return new Promise((resolve, reject) => {
    page.onCancel = () => {
      cancel(asking);
      reject(new ClientGone());
    };
    asked.then(resolve, reject).finally(() => {
      page.onCancel = () => {};
    });
  });
}
