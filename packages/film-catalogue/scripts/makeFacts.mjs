#!/usr/bin/env node
/** Writes facts/films.json and facts/cleaning.json from the films of a pinned npm package. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cleanFilms } from './cleanFilms.mjs';

const SOURCE = {
  package: 'vega-datasets',
  version: '3.2.1',
  file: 'data/movies.json',
  licence: 'BSD-3-Clause',
  homepage: 'https://github.com/vega/vega-datasets',
};

const HELP = `Usage: node scripts/makeFacts.mjs [path/to/movies.json]

Cleans the films of ${SOURCE.package}@${SOURCE.version} and writes facts/films.json (one film a line) and
facts/cleaning.json (what was read, kept, repaired and left out, each film left out with one reason).

Without a path, the package is downloaded with "npm pack" into a temporary folder, which is removed afterwards.
`;

const { values, positionals } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' } },
  allowPositionals: true,
});

if (values.help) {
  process.stdout.write(HELP);
} else {
  const [path] = positionals;
  writeFacts(cleanFilms(JSON.parse(path ? readFileSync(path, 'utf8') : download())));
}

function download() {
  const folder = mkdtempSync(join(tmpdir(), 'film-catalogue-'));
  try {
    const spec = `${SOURCE.package}@${SOURCE.version}`;
    const packed = execFileSync('npm', ['pack', spec, '--silent', '--pack-destination', folder], {
      encoding: 'utf8',
    });
    const member = `package/${SOURCE.file}`;
    execFileSync('tar', ['-xzf', join(folder, packed.trim()), '-C', folder, member]);
    return readFileSync(join(folder, member), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeFacts({ films, cleaning }) {
  const folder = join(import.meta.dirname, '..', 'facts');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'films.json'), linewise({ source: SOURCE }, 'films', films));
  const { leftOutFilms, ...counts } = cleaning;
  writeFileSync(
    join(folder, 'cleaning.json'),
    linewise({ source: SOURCE, ...counts }, 'leftOutFilms', leftOutFilms),
  );
  process.stdout.write(`${JSON.stringify(counts, null, 2)}\n`);
}

/** One list entry a line: a change of one film is a diff of one line. */
function linewise(head, name, entries) {
  const start = JSON.stringify(head).slice(0, -1);
  const lines = entries.map((entry) => JSON.stringify(entry)).join(',\n');
  return `${start},"${name}":[\n${lines}\n]}\n`;
}
