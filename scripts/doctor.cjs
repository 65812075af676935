// Says what this machine lacks, before anything is installed. Must parse on an old Node: no syntax newer than ES5 here.
'use strict';
var nodeCheck = require('./doctor/nodeCheck.cjs');

var options = process.argv.slice(2);
var unknown = options.filter(isUnknown);
if (unknown.length > 0) {
  console.error(['Unknown:'].concat(unknown).join(' '));
  process.exit(2);
}
if (options.indexOf('--help') !== -1) {
  console.log(
    [
      'Says what this machine lacks to run Widget Mediator, what needs it, and how to get it.',
      '',
      '  npm run doctor              for people',
      '  npm run doctor -- --json    for machines: { ok, checks: [{ name, status, found, neededFor, get }] }',
      '  npm run doctor -- --help    this text',
      '',
      'A status is ok, missing (npm start or npm test fails without it) or optional-missing (something is skipped or',
      'done in another way). It exits with 0 when nothing is missing, and with 1 otherwise.',
      '',
      'Environment, as npm start and the tests read it: STOREFRONT_PORT, MEDIATOR_PORT, RECOMMENDERS_PORT, REDIS_URL,',
      'CHROMIUM_PATH; and REQUIRE_REDIS, REQUIRE_CHROMIUM, REQUIRE_NGINX: with 1, what is optional is required.',
    ].join('\n'),
  );
  process.exit(0);
}

var json = options.indexOf('--json') !== -1;
var node = nodeCheck(process.versions.node);
if (node.status === 'ok') {
  void require('./doctor/examine.cjs').examineThisMachine(node, json);
} else {
  // Everything else is written for a current Node.
  console.log(json ? JSON.stringify({ ok: false, checks: [node] }, null, 2) : complaint(node));
  process.exit(1);
}

function isUnknown(option) {
  return ['--json', '--help'].indexOf(option) === -1;
}

function complaint(check) {
  return [
    ['missing  Node', check.wanted, 'or later: this is Node', check.found].join(' '),
    ['  Debian:', check.get.debian].join(' '),
    ['  macOS: ', check.get.macos].join(' '),
    'Then run this again: it will look for the rest.',
  ].join('\n');
}
