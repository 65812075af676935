import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptSecret } from './keptSecret.ts';
import { writeKeysFile } from './writeKeysFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'launcher-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('keptSecret', () => {
  it('is the same at every call, and readable only to its owner', async () => {
    const path = join(folder, 'new', 'token-secret');
    const secret = await keptSecret(path);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await keptSecret(path)).toBe(secret);
    expect(modeOf(path)).toBe('600');
  });

  it('replaces what is no secret', async () => {
    const path = join(folder, 'cut-off');
    writeFileSync(path, 'abc');
    expect(await keptSecret(path)).toHaveLength(64);
  });
});

describe('writeKeysFile', () => {
  it('replaces a file that others could read by one that they cannot', async () => {
    const path = join(folder, 'keys.json');
    writeFileSync(path, '{}', { mode: 0o644 });
    await writeKeysFile(path, { keys: [] });
    expect(modeOf(path)).toBe('600');
  });
});
