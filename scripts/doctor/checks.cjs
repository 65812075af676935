'use strict';
const { tools } = require('./tools.cjs');

const GIGABYTE = 1e9;
/** What an install and a build take, with room for Redis' file. */
const WANTED_BYTES = 1.5 * GIGABYTE;
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const DOCKER_HINT = {
  debian:
    'sudo apt-get install docker.io docker-compose, then sudo usermod -aG docker $USER and log in again',
  macos: 'install Docker Desktop, or brew install colima docker docker-compose and run colima start',
};

/** The programs, one check each. */
function checkTools(machine) {
  return tools.map(({ name, any, all, required, variable, neededFor, get }) => {
    const paths = all ? all.map((one) => machine.find([one])) : [machine.find(any)];
    const isThere = paths.every((path) => path !== undefined);
    const found = isThere ? paths.join(', ') : `no ${(any ?? all).join(', no ')} on PATH`;
    const isRequired = required === true || machine.environment[variable ?? ''] === '1';
    if (name === 'Redis' && !isThere && machine.environment.REDIS_URL && !isRequired)
      return { name, status: 'ok', found: 'REDIS_URL is set, and npm start uses that', neededFor, get };
    return { name, status: statusOf(isThere, isRequired), found, neededFor, get };
  });
}

/** As the tests look for it: CHROMIUM_PATH and no other when it is set; else Debian's, else the first on PATH. */
function checkChromium(machine) {
  const { CHROMIUM_PATH, REQUIRE_CHROMIUM } = machine.environment;
  const path = machine.find(CHROMIUM_PATH ? [CHROMIUM_PATH] : ['/usr/bin/chromium', ...CHROMIUM]);
  return {
    name: 'Chromium',
    status: statusOf(path !== undefined, REQUIRE_CHROMIUM === '1'),
    found: path ?? (CHROMIUM_PATH ? 'CHROMIUM_PATH leads to no program' : 'none on PATH'),
    neededFor: 'tests in a browser, skipped without it',
    get: {
      debian: 'sudo apt-get install chromium',
      macos:
        'install Chrome and set CHROMIUM_PATH to "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"',
    },
  };
}

function checkDocker(machine) {
  const docker = machine.find(['docker']);
  const engine = docker && machine.run(docker, ['version', '--format', '{{.Server.Version}}']);
  let found = 'no docker on PATH';
  if (docker) found = engine?.ok ? `engine ${engine.output}` : 'only the client: no engine answers';
  const neededFor = 'the compose set-up and npm run test:compose';
  return { name: 'Docker', status: statusOf(engine?.ok === true, false), found, neededFor, get: DOCKER_HINT };
}

function checkCompose(machine) {
  const docker = machine.find(['docker']);
  const asPlugin = docker !== undefined && machine.run(docker, ['compose', 'version']).ok;
  const alone = machine.find(['docker-compose']);
  return {
    name: 'Docker Compose',
    status: statusOf(asPlugin || alone !== undefined, false),
    found:
      [asPlugin ? 'docker compose' : undefined, alone].filter(Boolean).join(', ') || 'neither form of it',
    neededFor: 'the compose set-up and npm run test:compose',
    get: DOCKER_HINT,
  };
}

/** The first port of each kind, as npm start has it by default, with the variable that moves it. */
const DEFAULT_PORTS = { STOREFRONT_PORT: 3000, MEDIATOR_PORT: 4000, RECOMMENDERS_PORT: 4101 };

async function checkPorts(machine) {
  const wanted = Object.entries(DEFAULT_PORTS).flatMap(([variable, byDefault]) => {
    const first = Number(machine.environment[variable] || byDefault);
    const count = variable === 'RECOMMENDERS_PORT' ? machine.recommenders : 1;
    return Array.from({ length: count }, (_, index) => ({ variable, port: first + index }));
  });
  const taken = [];
  for (const claim of wanted) if (!(await machine.isFree(claim.port))) taken.push(claim);
  const variables = [...new Set(taken.map(({ variable }) => variable))];
  const move = `stop what uses them, or set ${variables.join(', ')}`;
  return {
    name: 'free ports',
    status: statusOf(taken.length === 0, false),
    found: taken.length === 0 ? list(wanted) : `not free: ${list(taken)}`,
    neededFor: 'npm start, which refuses to start on a port that is taken',
    get: { debian: move, macos: move },
  };
}

const list = (claims) => claims.map(({ port }) => port).join(', ');

function checkDisk({ freeBytes }) {
  return {
    name: 'disk space',
    status: statusOf(freeBytes >= WANTED_BYTES, true),
    found: `${(freeBytes / GIGABYTE).toFixed(1)} GB free`,
    neededFor: `installing and building: ${WANTED_BYTES / GIGABYTE} GB`,
    get: { debian: 'free some', macos: 'free some' },
  };
}

function checkCores({ cores }) {
  return {
    name: 'two cores',
    status: statusOf(cores >= 2, false),
    found: String(cores),
    neededFor: 'tests that finish in time, and benchmarks that mean something',
    get: { debian: 'a larger machine', macos: 'a larger machine' },
  };
}

/** Every check but Node's, in the order of the report. */
async function examine(machine) {
  return [
    ...checkTools(machine),
    checkChromium(machine),
    checkDocker(machine),
    checkCompose(machine),
    await checkPorts(machine),
    checkDisk(machine),
    checkCores(machine),
  ];
}

function statusOf(isThere, isRequired) {
  if (isThere) return 'ok';
  return isRequired ? 'missing' : 'optional-missing';
}

module.exports = { CHROMIUM, DEFAULT_PORTS, examine };
