'use strict';
const { spawnSync } = require('node:child_process');
const { accessSync, constants, readdirSync, statfsSync } = require('node:fs');
const { createServer } = require('node:net');
const { availableParallelism } = require('node:os');
const { delimiter, isAbsolute, join } = require('node:path');

const root = join(__dirname, '..', '..');
const PATIENCE_MS = 5_000;

/** What the checks look at, of the machine that this runs on. */
function thisMachine() {
  const { bavail, bsize } = statfsSync(root);
  return {
    environment: process.env,
    cores: availableParallelism(),
    freeBytes: bavail * bsize,
    recommenders: readdirSync(join(root, 'services', 'recommenders')).length,
    find,
    run,
    isFree,
  };
}

/** The first executable of these names on PATH, or of these absolute paths. */
function find(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  const candidates = names.flatMap((name) =>
    isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name)),
  );
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function run(file, options) {
  const { status, stdout } = spawnSync(file, options, { encoding: 'utf8', timeout: PATIENCE_MS });
  return { ok: status === 0, output: (stdout ?? '').trim() };
}

/** Where npm start listens. What is no port is not free either. */
function isFree(port) {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return Promise.resolve(false);
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

module.exports = { thisMachine };
