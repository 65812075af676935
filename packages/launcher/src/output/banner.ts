import type { Demo } from '../demo/demo.ts';
import { GUEST_TEAM } from '../keys/createKeys.ts';
import type { RunningRedis } from '../redis/startRedis.ts';
import { withoutPassword } from '../redis/withoutPassword.ts';
import type { Paint } from './createPaint.ts';

/** What to do with a demo that runs: where it is, what to type, and what becomes of its state. */
export function banner(
  demo: Pick<Demo, 'urls' | 'keys' | 'redis'>,
  { paint, redisFolder }: { readonly paint: Paint; readonly redisFolder: string },
): string {
  const { storefront, mediator } = demo.urls;
  return [
    '',
    paint('bold', 'Widget Mediator is ready.'),
    '',
    `  Storefront  ${paint('cyan', storefront)}`,
    `  Mediator    ${paint('cyan', mediator)}`,
    `  API docs    ${paint('cyan', `${mediator}/docs`)}`,
    '',
    '  A page for anybody:',
    `    curl -s '${mediator}/v1/homepage?device=web'`,
    '  A page for one person, vouched for by the read key of this start:',
    `    curl -s -H 'Authorization: Bearer ${demo.keys.storefront}' '${mediator}/v1/homepage?user=ada&device=web'`,
    `  To publish a widget of your own as the team ${GUEST_TEAM} (README, "Publish a widget"):`,
    `    export KEY=${demo.keys.teams.get(GUEST_TEAM) ?? ''}`,
    "  To have pages explained (explain=true), the operator's key:",
    `    ${demo.keys.operator}`,
    '',
    `  State       ${describeState(demo.redis, redisFolder)}`,
    '  Ctrl-C stops everything.',
    '',
  ].join('\n');
}

function describeState({ kind, version, url }: RunningRedis, folder: string): string {
  switch (kind) {
    case 'external':
      return `in the Redis ${version} of REDIS_URL (${withoutPassword(url)}); it survives as that Redis is set up to.`;
    case 'redis-server':
    case 'valkey-server':
      return `in a private ${kind} ${version}, append-only file in ${folder}; registrations and publications survive a restart.`;
    case 'javascript':
      return 'in a Redis written in JavaScript: for trying out, memory only. Nothing survives a stop. Install redis-server or set REDIS_URL to keep it.';
  }
}
