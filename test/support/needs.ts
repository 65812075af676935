import { spawnSync } from 'node:child_process';
import { findChromium } from '../storefront/chromium.ts';

const hasRealRedis = ['redis-server', 'valkey-server'].some(
  (name) => spawnSync(name, ['--version']).error === undefined,
);

/** A test of durability: skipped, and said so, where there is only the JavaScript Redis; with REQUIRE_REDIS=1 it fails there. */
export const testWithRealRedis = canRun(hasRealRedis, 'REQUIRE_REDIS', 'redis-server or valkey-server')
  ? test
  : test.skip;

const withChromium = canRun(findChromium() !== undefined, 'REQUIRE_CHROMIUM', 'Chromium');

/** Tests in a browser: skipped, and said so, where there is none; with REQUIRE_CHROMIUM=1 they fail there. */
export const describeWithChromium = withChromium ? describe : describe.skip;

const hasNginx = ['nginx', '/usr/sbin/nginx'].some((name) => spawnSync(name, ['-v']).error === undefined);

/** Tests of the reverse proxy: skipped, and said so, where there is no nginx; with REQUIRE_NGINX=1 they fail there. */
export const describeWithNginx = canRun(hasNginx, 'REQUIRE_NGINX', 'nginx') ? describe : describe.skip;

export function canRun(isThere: boolean, required: string, what: string): boolean {
  if (isThere || process.env[required] === '1') return true;
  process.stderr.write(`No ${what} on this machine: the tests that need it are skipped.\n`);
  return false;
}
