import { ClientGone } from './clientGone.ts';
import type { Cancellation } from './source.ts';

/** Why a page goes on without what it waited for. */
export type GivenUp = 'page-deadline' | 'not-awaited';

/** Widgets that a page waits for together. */
export interface Waiting {
  /** Never rejects; brings what settles them. */
  readonly ready: Promise<() => void>;
  /** Settles them without it. */
  giveUp(code: GivenUp): void;
  /** Says that nobody is left who would want it. */
  leave(): void;
}

export interface Patience {
  readonly budgetMs: number;
  /** Cancelled when the page's client is gone. */
  readonly cancellation: Cancellation;
  /** Whether the page can do without the rest; asked whenever something is there that was not. */
  readonly isComplete?: () => boolean;
}

/**
 * Waits until all are ready, the page can do without the rest, or the budget is spent, whichever is first; each is settled
 * exactly once, and nothing after that. Rejects with {@link ClientGone} when the client is gone, and with what
 * `isComplete` throws.
 */
export function settleWaiting(waiting: readonly Waiting[], patience: Patience): Promise<void> {
  const { budgetMs, cancellation, isComplete = () => false } = patience;
  return new Promise((resolve, reject) => {
    const open = new Set(waiting);
    let timer: NodeJS.Timeout | undefined;

    const close = (): Waiting[] => {
      const left = [...open];
      open.clear();
      clearTimeout(timer);
      cancellation.onCancel = () => {};
      return left;
    };
    const giveUp = (code: GivenUp) => {
      for (const one of close()) one.giveUp(code);
      resolve();
    };
    const leave = (reason: unknown) => {
      for (const one of close()) one.leave();
      reject(reason);
    };
    const attempt = (step: () => void) => {
      try {
        step();
      } catch (error) {
        leave(error);
      }
    };
    const proceed = () => {
      if (open.size === 0 || isComplete()) giveUp('not-awaited');
    };

    if (cancellation.cancelled) {
      leave(new ClientGone());
      return;
    }
    attempt(proceed);
    if (open.size === 0) return;
    cancellation.onCancel = () => leave(new ClientGone());
    timer = setTimeout(() => attempt(() => giveUp('page-deadline')), Math.max(0, budgetMs));
    for (const one of waiting) {
      void one.ready.then((settle) => {
        if (!open.delete(one)) return;
        attempt(() => {
          settle();
          proceed();
        });
      });
    }
  });
}
