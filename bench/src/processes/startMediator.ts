import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '@widget-mediator/launcher';
import { createPublisher } from '@widget-mediator/publisher';
import { type CrowdTeam, crowdOf } from '../scenarios/crowd.ts';
import type { BenchWidget, Scenario } from '../scenarios/scenario.ts';
import { benchTeam } from '../scenarios/widgetManifest.ts';
import type { Stage } from './stage.ts';
import type { Child } from './startChild.ts';
import { until } from './until.ts';

/** A mediator as it is deployed: its own process, its own log file, reached over HTTP only. */
export interface RunningMediator {
  readonly child: Child;
  readonly port: number;
  /** For pages that name their viewer. */
  readonly readKey: string;
  /** Of the team of the bench. */
  readonly publishKey: string;
  /** Whose widgets are registered besides. */
  readonly crowd: readonly (CrowdTeam & { readonly key: string })[];
  readonly register: (widgets: readonly BenchWidget[]) => Promise<void>;
}

/**
 * Starts the mediator that is built in services/mediator, with the scenario's layout and its crowd, if it has one.
 *
 * @param prefix of its keys in Redis: another mediator's, to share its store
 */
export async function startMediator(
  stage: Stage,
  scenario: Pick<Scenario, 'name' | 'layout' | 'crowd'>,
  prefix = scenario.name,
): Promise<RunningMediator> {
  const name = `mediator-${scenario.name}`;
  const keys = { publish: newKey('publisher'), read: newKey('reader') };
  const crowd = crowdOf(scenario.crowd ?? 0).map((one) => ({ ...one, key: newKey(one.team) }));
  const file = async (what: string, content: unknown): Promise<string> => {
    const path = join(stage.folder, `${name}-${what}.json`);
    await writeFile(path, JSON.stringify(content), { mode: 0o600 });
    return path;
  };
  const port = await findFreePort();
  const child = stage.start({
    name,
    entry: join(stage.root, 'services', 'mediator', 'dist', 'main.js'),
    env: {
      PORT: String(port),
      REDIS_URL: stage.redisUrl,
      REDIS_PREFIX: prefix,
      KEYS_FILE: await file('keys', {
        keys: [
          { id: 'publisher', team: benchTeam, scopes: ['publish'], sha256: hashOf(keys.publish) },
          { id: 'reader', team: 'frontend', scopes: ['read'], sha256: hashOf(keys.read) },
          ...crowd.map(({ team, key }) => ({ id: team, team, scopes: ['publish'], sha256: hashOf(key) })),
        ],
      }),
      LAYOUT_FILE: await file('layout', scenario.layout),
      TOKEN_SECRET: randomBytes(32).toString('hex'),
      SOURCE_ALLOW_LIST: '127.0.0.1',
      LOG_LEVEL: 'info',
      DRAIN_MS: '500',
    },
  });
  const mediatorUrl = `http://127.0.0.1:${port}`;
  const isReady = async () => (await fetch(`${mediatorUrl}/readyz`)).ok;
  await Promise.race([until(`${name} is ready`, isReady, startWithinMs), child.lost]);
  await Promise.all(
    crowd.map(async ({ key, manifests }) => {
      const publisher = createPublisher({ mediatorUrl, apiKey: key });
      for (const manifest of manifests) await publisher.register(manifest);
    }),
  );

  return {
    child,
    port,
    readKey: keys.read,
    publishKey: keys.publish,
    crowd,
    async register(widgets) {
      const publisher = createPublisher({ mediatorUrl, apiKey: keys.publish });
      for (const { manifest, publication } of widgets) {
        await publisher.register(manifest);
        if (publication !== undefined) await publisher.publish(manifest.metadata.id, publication);
      }
    },
  };
}

/** With a full store there is much to read before the first page. */
const startWithinMs = 180_000;

const newKey = (id: string): string => `wm_${id}_${randomBytes(24).toString('base64url')}`;
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
