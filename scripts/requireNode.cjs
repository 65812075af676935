// Runs before anything is installed, so it must parse on an old Node: no syntax newer than ES5.
'use strict';
var wanted = [20, 19];
var have = process.versions.node.split('.').map(Number);
if (have[0] < wanted[0] || (have[0] === wanted[0] && have[1] < wanted[1])) {
  console.error(
    'Widget Mediator needs Node ' +
      wanted.join('.') +
      ' or later, and this is Node ' +
      process.versions.node +
      '. Install a current Node (20, 22 or 24), open a new terminal and run the same command again.',
  );
  process.exit(1);
}

if (!require('node:fs').existsSync(require('node:path').join(__dirname, '..', 'node_modules'))) {
  console.log('First time here: installing what is needed. This takes about half a minute.');
}
