import { z } from 'zod';
import { firstSeen } from './firstSeen.ts';
import type { House } from './house.ts';

const Environment = z.object({
  MEDIATOR_URL: z.url(),
  STOREFRONT_URL: z.url(),
  OPERATOR_KEY: z.string().min(1),
  PUBLISH_KEY: z.string().min(1),
  PUBLISH_TEAM: z.string().min(1).default('my-team'),
});

/** A house that somebody else runs: it is looked at and published to, and left in peace otherwise. */
export function houseByUrl(environment: NodeJS.ProcessEnv): House {
  const { MEDIATOR_URL, STOREFRONT_URL, OPERATOR_KEY, PUBLISH_KEY, PUBLISH_TEAM } =
    Environment.parse(environment);
  const mediatorUrl = MEDIATOR_URL.replace(/\/+$/, '');
  return {
    mediatorUrl,
    storefrontUrl: STOREFRONT_URL.replace(/\/+$/, ''),
    keys: { operator: OPERATOR_KEY, publish: { team: PUBLISH_TEAM, key: PUBLISH_KEY } },
    mediators: ['whoever answers'],
    firstSeen: async (path, text) => [await firstSeen(mediatorUrl + path, OPERATOR_KEY, text)],
  };
}
