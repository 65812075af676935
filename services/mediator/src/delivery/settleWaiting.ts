import type { Registration } from '@widget-mediator/contracts';
import type { Content } from '../intake/content.ts';
import type { Outcome } from './ladder.ts';
import { type Answer, absent } from './source.ts';

/** A widget whose source was asked. `answer` never rejects. */
export interface Waiting {
  readonly registration: Registration;
  readonly stale: Content | undefined;
  readonly answer: Promise<Answer>;
}

/** Waits until all have answered or the budget is spent, whichever is first; each is settled exactly once. */
export function settleWaiting(
  waiting: readonly Waiting[],
  budgetMs: number,
  settle: (registration: Registration, outcome: Outcome) => void,
): Promise<void> {
  if (waiting.length === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const open = new Set(waiting);
    const closePage = () => {
      for (const { registration, stale } of open)
        settle(registration, { answer: absent('page-deadline'), stale });
      open.clear();
      resolve();
    };
    const timer = setTimeout(closePage, Math.max(0, budgetMs));
    for (const one of waiting) {
      void one.answer.then((answer) => {
        if (!open.delete(one)) return;
        settle(one.registration, { answer, stale: one.stale });
        if (open.size > 0) return;
        clearTimeout(timer);
        resolve();
      });
    }
  });
}
