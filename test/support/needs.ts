import { spawnSync } from 'node:child_process';
import { findChromium } from '../storefront/chromium.ts';

const hasRealRedis = ['redis-server', 'valkey-server'].some(
  (name) => spawnSync(name, ['--version']).error === undefined,
);

/** A test of durability: skipped, and said so, where there is only the JavaScript Redis; with REQUIRE_REDIS=1 it fails there. */
export const testWithRealRedis = needs(hasRealRedis, 'REQUIRE_REDIS', 'redis-server or valkey-server');

/** A test in a browser: skipped, and said so, where there is none; with REQUIRE_CHROMIUM=1 it fails there. */
export const testWithChromium = needs(findChromium() !== undefined, 'REQUIRE_CHROMIUM', 'Chromium');

function needs(isThere: boolean, required: string, what: string): jest.It {
  if (isThere || process.env[required] === '1') return test;
  process.stderr.write(`No ${what} on this machine: the tests that need it are skipped.\n`);
  return test.skip;
}
