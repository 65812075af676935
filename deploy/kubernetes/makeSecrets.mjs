// Makes the secrets that kustomization.yaml asks for: `node deploy/kubernetes/makeSecrets.mjs [FOLDER]`. Plain Node, no install.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const folder = process.argv[2] ?? join(here, 'secrets');
// New keys would lock out who holds the old ones, so nothing is made twice.
if (existsSync(folder)) {
  process.stderr.write(`${folder} is there already. Move it away to make new secrets.\n`);
  process.exit(1);
}
mkdirSync(folder, { recursive: true, mode: 0o700 });

/** Who may do what, without the hashes: those of the demo's keys are public. */
const holders = JSON.parse(readFileSync(join(here, '..', 'demo-keys.json'), 'utf8')).keys;
const secretOf = new Map(holders.map(({ id }) => [id, `wm_${id}_${randomBytes(32).toString('base64url')}`]));
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

write('keys.json', `${JSON.stringify({ keys: holders.map(withHash) }, undefined, 2)}\n`);
write('mediator.env', `TOKEN_SECRET=${randomBytes(32).toString('base64url')}\n`);
write('storefront.env', `READ_KEY=${keyOf('frontend')}\nOPERATOR_KEY=${keyOf('platform')}\n`);
write('popular.env', `API_KEY=${keyOf('popular')}\n`);
write('because-you-watched.env', `API_KEY=${keyOf('similarity')}\n`);
write('hidden-gems.env', `API_KEY=${keyOf('gems')}\n`);
write('continue-watching.env', `API_KEY=${keyOf('continue')}\n`);
write('new-releases.env', `API_KEY=${keyOf('releases')}\n`);
process.stdout.write(`Made ${folder}: keep it out of repositories, it holds every key.\n`);

function withHash(holder) {
  return { ...holder, sha256: sha256(keyOf(holder.id)) };
}

function keyOf(id) {
  const key = secretOf.get(id);
  if (key === undefined) throw new Error(`deploy/demo-keys.json names no holder ${id}`);
  return key;
}

function write(name, text) {
  writeFileSync(join(folder, name), text, { mode: 0o600 });
}
