import type { HomepageRequest, Registration } from '@widget-mediator/contracts';
import { usable } from '../registry/contentMemory.ts';
import type { UserContents } from '../registry/userContent.ts';
import type { CollectParts } from './collected.ts';
import type { Outcome } from './ladder.ts';

/** How long a page waits for the store to tell what was published for its user. */
const userContentWaitMs = 50;

/**
 * The user's own content wins over a segment's, and that over everyone's. An empty publication for the nearest audience is
 * an abstention, and believed; content whose time is over gives way to the next audience.
 */
export function findPushed(
  { contents, now }: CollectParts,
  { manifest }: Registration,
  viewer: { readonly request: HomepageRequest; readonly users: UserContents | undefined },
): Outcome {
  const widget = manifest.metadata.id;
  const own = usable(viewer.users?.get(widget), now());
  if (own?.found === true || own?.code === 'abstained') return { found: own };
  const rest = contents.find(widget, viewer.request.segments, now());
  return { found: rest.found || rest.code !== 'no-publication' ? rest : (own ?? rest) };
}

/**
 * The store is asked only if anybody publishes for single users; if it does not answer in time, the page goes on with what was
 * read last. What is known already, or that nothing is, comes without a promise.
 */
export function userContents(
  users: CollectParts['users'],
  user: string | undefined,
  remainingMs: number,
): UserContents | undefined | Promise<UserContents | undefined> {
  if (user === undefined || !users.isUsed()) return undefined;
  return users.cached(user) ?? loaded(users, user, Math.max(0, Math.min(remainingMs, userContentWaitMs)));
}

function loaded(
  users: CollectParts['users'],
  user: string,
  withinMs: number,
): Promise<UserContents | undefined> {
  return new Promise((resolve) => {
    const goOn = () => resolve(users.remembered(user));
    const timer = setTimeout(goOn, withinMs);
    users
      .load(user)
      .then(resolve, goOn)
      .finally(() => clearTimeout(timer));
  });
}
