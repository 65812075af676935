// Parses on an old Node: no syntax newer than ES5.
'use strict';
var range = require('../../package.json').engines.node;

/** The check of a version of Node against the `engines` of package.json. */
module.exports = function nodeCheck(version) {
  var wanted = /(\d+)\.(\d+)/.exec(range);
  var have = version.split('.').map(Number);
  var isOld = have[0] < Number(wanted[1]) || (have[0] === Number(wanted[1]) && have[1] < Number(wanted[2]));
  return {
    name: 'Node',
    status: isOld ? 'missing' : 'ok',
    found: version,
    wanted: wanted[0],
    neededFor: 'everything',
    get: {
      debian: 'Debian 12 has an older one: take 22 from nodejs.org, or `nvm install 22`',
      macos: 'brew install node@22',
    },
  };
};
