'use strict';
const { examine } = require('./checks.cjs');
const { isWell, report } = require('./report.cjs');
const { thisMachine } = require('./thisMachine.cjs');

/** Prints what was found, and sets the exit code. */
async function examineThisMachine(node, json) {
  const checks = [node, ...(await examine(thisMachine()))];
  const ok = isWell(checks);
  console.log(json ? JSON.stringify({ ok, checks }, undefined, 2) : report(checks));
  process.exitCode = ok ? 0 : 1;
}

module.exports = { examineThisMachine };
