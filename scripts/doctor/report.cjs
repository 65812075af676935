'use strict';

/** The results as lines for people: what is there in short, what is not with what needs it and how to get it. */
function report(checks) {
  const width = Math.max(...checks.map(({ name }) => name.length)) + 2;
  const lines = checks.flatMap(({ name, status, found, neededFor, get }) => {
    const line = `${status.padEnd(18)}${name.padEnd(width)}${found}`;
    if (status === 'ok') return [line];
    const more = [`for      ${neededFor}`, `Debian:  ${get.debian}`, `macOS:   ${get.macos}`];
    return [line, ...more.map((text) => `${' '.repeat(18)}${text}`)];
  });
  return [...lines, '', conclusion(checks)].join('\n');
}

function conclusion(checks) {
  const missing = checks.filter(({ status }) => status === 'missing').map(({ name }) => name);
  if (missing.length > 0) return `Missing: ${missing.join(', ')}.`;
  return 'Everything is there that npm start and npm test cannot do without.';
}

const isWell = (checks) => checks.every(({ status }) => status !== 'missing');

module.exports = { isWell, report };
