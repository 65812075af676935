import type { Audience, Receipt, WidgetId, WidgetManifest } from '@widget-mediator/contracts';
import { MediatorUnreachable, type Publisher, PublisherProblem } from '@widget-mediator/publisher';
import type { Logger } from 'pino';
import type { Submission } from './recommender.ts';
import type { Versions } from './versions.ts';

export type SynchroniserOptions = {
  readonly publisher: Publisher;
  readonly manifests: readonly WidgetManifest[];
  readonly submissions: () => readonly Submission[];
  readonly versions: Versions;
  /** Milliseconds; only differences matter. */
  readonly now: () => number;
  readonly log: Logger;
};

/**
 * Brings the mediator to our state and resolves to whether it could. Registering is idempotent, so it is done each time:
 * a registration that is younger than the one we know means that the mediator lost its state, and then everything is
 * published again. Otherwise only what has changed is, or what is past half of its time to live.
 *
 * @throws the signal's reason when aborted; what `submissions` throws.
 */
export type Synchronise = (signal: AbortSignal) => Promise<boolean>;

export function createSynchroniser(options: SynchroniserOptions): Synchronise {
  const { publisher, manifests, submissions, versions, now, log } = options;
  const registeredAt = new Map<WidgetId, string>();
  const published = new Map<string, { readonly content: string; readonly atMs: number }>();

  return async (signal) => {
    const current = submissions();
    try {
      const outcomes: boolean[] = [];
      for (const manifest of manifests) outcomes.push(await synchroniseWidget(manifest));
      return outcomes.every(Boolean);
    } catch (error) {
      if (!isAway(error)) throw error;
      log.warn({ err: error }, 'the mediator is away; will try again');
      return false;
    }

    async function synchroniseWidget(manifest: WidgetManifest): Promise<boolean> {
      const widget = manifest.metadata.id;
      try {
        await register(manifest);
        for (const submission of current.filter((each) => each.widget === widget)) {
          if (isDue(submission, manifest.spec.delivery.ttlMs)) await publish(submission, manifest);
        }
        return true;
      } catch (error) {
        if (!(error instanceof PublisherProblem) || isAway(error)) throw error;
        log.error({ widget, code: error.code, err: error }, 'the mediator refused the widget');
        return false;
      }
    }

    async function register(manifest: WidgetManifest): Promise<void> {
      const widget = manifest.metadata.id;
      const { updatedAt, revision } = await publisher.register(manifest, { signal });
      if (registeredAt.get(widget) === updatedAt) return;
      registeredAt.set(widget, updatedAt);
      forget(widget);
      log.info({ widget, revision }, 'registered');
    }

    /** A clock that was set back, a second replica or a lost registration: each is mended once, then reported. */
    async function publish(submission: Submission, manifest: WidgetManifest): Promise<void> {
      try {
        await publishAs(versions.next(), submission);
      } catch (error) {
        if (!(error instanceof PublisherProblem)) throw error;
        if (error.code === 'widget-unknown') await register(manifest);
        else if (error.code !== 'version-outdated' && error.code !== 'version-reused') throw error;
        await publishAs(versions.next(error.currentVersion), submission);
      }
    }

    async function publishAs(version: number, submission: Submission): Promise<void> {
      const { widget, content } = submission;
      const receipt = await publisher.publish(widget, { ...content, version }, { signal });
      published.set(keyOf(submission), { content: JSON.stringify(content), atMs: now() });
      logReceipt(log, receipt);
    }
  };

  function isDue(submission: Submission, ttlMs: number): boolean {
    const last = published.get(keyOf(submission));
    if (!last || last.content !== JSON.stringify(submission.content)) return true;
    return now() - last.atMs >= ttlMs / 2;
  }

  function forget(widget: WidgetId): void {
    for (const key of published.keys()) if (key.startsWith(`${widget} `)) published.delete(key);
  }
}

function isAway(error: unknown): boolean {
  if (error instanceof PublisherProblem) return error.temporary || error.status >= 500;
  return error instanceof MediatorUnreachable;
}

/** Neither part can hold a space. */
function keyOf({ widget, content }: Submission): string {
  return `${widget} ${nameOf(content.audience ?? { type: 'everyone' })}`;
}

function nameOf(audience: Audience): string {
  switch (audience.type) {
    case 'everyone':
      return 'everyone';
    case 'segment':
      return `segment/${audience.segment}`;
    case 'user':
      return `user/${audience.user}`;
  }
}

/** The audience by type only: a user is never logged. */
function logReceipt(log: Logger, { widget, version, audience, kept, verdicts, warnings }: Receipt): void {
  const facts = { widget, version, audience: audience.type, kept };
  if (verdicts.length + warnings.length > 0)
    log.warn({ ...facts, verdicts, warnings }, 'published with remarks');
  else log.info(facts, 'published');
}
