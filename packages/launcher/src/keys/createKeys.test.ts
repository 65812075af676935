import { createHash } from 'node:crypto';
import { createKeys } from './createKeys.ts';

describe('createKeys', () => {
  const { keys, file } = createKeys(['similarity', 'popular', 'popular']);

  it('gives each team one publish key, and the file only its hash', () => {
    const key = keys.teams.get('popular') ?? '';
    expect(key).toMatch(/^wm_popular_[\w-]{43}$/);
    expect(file.keys.filter(({ team }) => team === 'popular')).toEqual([
      {
        id: 'popular',
        team: 'popular',
        scopes: ['publish'],
        sha256: createHash('sha256').update(key).digest('hex'),
      },
    ]);
    expect(JSON.stringify(file)).not.toContain(key);
  });

  it('lets the storefront read, and the operator operate and read', () => {
    expect(file.keys.map(({ id, scopes }) => [id, ...scopes])).toEqual([
      ['similarity', 'publish'],
      ['popular', 'publish'],
      ['storefront', 'read'],
      ['operator', 'operate', 'read'],
    ]);
  });

  it('makes new ones each time', () => {
    expect(createKeys([]).keys.storefront).not.toBe(keys.storefront);
  });
});
