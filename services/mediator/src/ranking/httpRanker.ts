import type { Ranking } from '@widget-mediator/composition';
import { RankerAnswer, type RankerRequest } from '@widget-mediator/contracts';
import { createEndpoint, type Endpoint } from '../delivery/createEndpoint.ts';
import { type Absent, type Asked, absent, type Question } from '../delivery/source.ts';
import { parsedOrNothing } from '../intake/parseJson.ts';

/** One question to a ranker. */
export interface RankerQuestion extends Question {
  readonly request: RankerRequest;
}

/** Scores that may rank a page. */
export interface Ranked {
  readonly status: 'entered';
  readonly ranking: Ranking;
}

/** A ranker as the mediator sees it. */
export type RankerSource = Asked<RankerQuestion, Ranked>;

/** Asks a ranker and validates its answer. Unlike a source it cannot abstain: 204 is no answer. */
export function createHttpRanker(endpoint: Endpoint): RankerSource {
  const post = createEndpoint(endpoint);
  return async (question) => {
    const answer = await post({ body: question.request }, question);
    if (answer.status === 'unchanged') return absent('invalid-answer');
    if (answer.status === 'said') return readScores(answer.bytes, question.request);
    return answer.code === 'abstained' ? absent('invalid-answer') : answer;
  };
}

/** What it says of widgets that it was not asked about is ignored. */
function readScores(bytes: Buffer, { widgets }: RankerRequest): Ranked | Absent {
  const parsed = RankerAnswer.safeParse(parsedOrNothing(bytes));
  if (!parsed.success) return absent('invalid-answer');
  const scores = new Map(Object.entries(parsed.data.scores));
  if (scores.size > widgets.length) return absent('invalid-answer');
  const ranking: Record<string, number> = {};
  for (const { widget } of widgets) {
    const score = scores.get(widget);
    if (score !== undefined) ranking[widget] = score;
  }
  return { status: 'entered', ranking };
}
