'use strict';

/** Programs that are looked for by name, and what becomes of the project without them. `variable` makes it required. */
const tools = [
  {
    name: 'npm and npx',
    all: ['npm', 'npx'],
    required: true,
    neededFor: 'npm start and npm test: npx brings pnpm, which brings everything else',
    get: { debian: 'comes with Node from nodejs.org', macos: 'comes with Node' },
  },
  {
    name: 'pnpm',
    any: ['pnpm'],
    neededFor: 'short commands; without it, npx runs the version that package.json names',
    get: { debian: 'npm install --global pnpm', macos: 'brew install pnpm' },
  },
  {
    name: 'Redis',
    any: ['redis-server', 'valkey-server'],
    variable: 'REQUIRE_REDIS',
    neededFor:
      'data that outlives npm start, and tests of durability; without it, one in JavaScript keeps nothing',
    get: { debian: 'sudo apt-get install redis-server', macos: 'brew install redis' },
  },
  {
    name: 'curl',
    any: ['curl'],
    required: true,
    neededFor: 'npm test: it runs the examples of the README and the guides',
    get: { debian: 'sudo apt-get install curl', macos: 'comes with the system' },
  },
  {
    name: 'python3',
    any: ['python3'],
    required: true,
    neededFor: 'npm test: it runs the examples of the guides',
    get: { debian: 'sudo apt-get install python3', macos: 'xcode-select --install' },
  },
  {
    name: 'nginx',
    any: ['nginx', '/usr/sbin/nginx'],
    variable: 'REQUIRE_NGINX',
    neededFor: 'tests of the reverse proxy, skipped without it',
    get: { debian: 'sudo apt-get install nginx-light', macos: 'brew install nginx' },
  },
  {
    name: 'git',
    any: ['git'],
    neededFor: 'commits and changesets',
    get: { debian: 'sudo apt-get install git', macos: 'xcode-select --install' },
  },
];

module.exports = { tools };
