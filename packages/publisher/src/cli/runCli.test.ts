import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemTable, problemType } from '@widget-mediator/contracts';
import { runCli } from './runCli.ts';

const key = 'wm_my-team_a-secret';
const widget = `# our widget
apiVersion: widget-mediator/v2
kind: Widget
metadata:
  id: my-picks
  owner: my-team
  title: My picks
spec:
  itemType: film
  delivery: { mode: push }
  minItems: 2
  placements: [row]
`;
const publication = `{
  "version": 1,
  "items": [
    { "id": "a", "title": "A" },
    { "id": "b", "title": "B" }
  ]
}
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('check', () => {
  it('finds nothing wrong with what is right, and needs no key', async () => {
    const { code, out, errors } = await run(
      ['check', file('w.yaml', widget), file('p.json', publication)],
      {},
    );
    expect([code, errors]).toEqual([0, []]);
    expect(out).toBe('w.yaml, p.json: fine\n');
  });

  it('names each fault of a manifest by line, column and pointer', async () => {
    const wrong = widget.replace('minItems: 2', 'minItems: 99').replace('title: My picks', 'titel: My picks');
    const { code, errors } = await run(['check', file('w.yaml', wrong)]);
    expect(code).toBe(1);
    expect(errors).toEqual([
      'w.yaml:4:1: error: /metadata/title: is required, as string',
      'w.yaml:7:3: error: /metadata/titel: is not a known field',
      'w.yaml:11:3: error: /spec/minItems: must be at most 50',
      'w.yaml:11:3: error: /spec/minItems: must not be more than maxItems',
    ]);
  });

  it('names each fault of a publication', async () => {
    const wrong = publication.replace('"id": "b"', '"id": "b", "url": "http://b"').replace('"A"', '7');
    const { code, errors } = await run(['check', file('w.yaml', widget), file('p.json', wrong)]);
    expect(code).toBe(1);
    expect(errors).toEqual([
      'p.json:4:18: error: /items/0/title: must be of type string',
      'p.json:5:18: error: /items/1/url: must be an absolute https: URL',
    ]);
  });

  it('warns of what would be left out or not shown, and fails for it when it is to be strict', async () => {
    const odd = publication.replace('"id": "b"', '"id": "a"').replace('"A"', '"A", "colour": "red"');
    const files = [file('w.yaml', widget), file('p.json', odd)];
    const { code, errors } = await run(['check', ...files]);
    expect(code).toBe(0);
    expect(errors).toEqual([
      'p.json:5:7: warning: /items/1/id: is that of /items/0, and the item is dropped',
      'p.json:4:32: warning: /items/0/colour: is not a known field and was left out',
      'p.json:3:3: warning: /items: holds 1 different items, and spec.minItems wants 2: it is not shown',
    ]);
    expect((await run(['check', '--strict', ...files])).code).toBe(1);
  });

  it('says where a file is not what it should be', async () => {
    const yaml = await run(['check', file('w.yaml', widget.replace('kind: Widget', 'kind: "Widget'))]);
    expect(yaml.code).toBe(1);
    expect(yaml.errors[0]).toMatch(/^w\.yaml:\d+:\d+: error: Missing closing "quote/);
    const json = await run([
      'check',
      file('w.yaml', widget),
      file('p.json', publication.replace('"a",', '"a"')),
    ]);
    expect([json.code, json.errors]).toEqual([1, ['p.json:4:17: error: is not JSON here']]);
    const twice = await run([
      'check',
      file('w.yaml', widget.replace('kind: Widget', 'kind: Widget\nkind: Widget')),
    ]);
    const aliased = widget.replace('my-picks', '&id my-picks').replace('My picks', '*id');
    const alias = await run(['check', file('w.yaml', aliased)]);
    expect(alias.errors).toEqual(['w.yaml:7:10: error: is an alias, which the mediator does not read']);
    expect(twice.errors).toEqual(['w.yaml:4:1: error: Map keys must be unique']);
  });

  it('sees what is beyond the budget of the manifest', async () => {
    const small = widget.replace('minItems: 2', 'budget: { maxBytes: 1024 }');
    const large = publication.replace('"B"', `"${'B'.repeat(290)}", "creator": "${'c'.repeat(100)}"`);
    const padded = large.padEnd(1_100, ' ');
    const { code, errors } = await run(['check', file('w.yaml', small), file('p.json', padded)]);
    expect(code).toBe(1);
    expect(errors[0]).toBe('p.json:1:1: error: must be at most spec.budget.maxBytes, 1024 bytes');
  });
});

describe('register and publish', () => {
  const registration = { manifest: {}, revision: 3, incarnation: 'i', updatedAt: '2026-11-24T00:00:00Z' };
  const receipt = {
    widget: 'my-picks',
    version: 1,
    audience: { type: 'everyone' },
    digest: 'd',
    publication: 'an-id',
    stored: true,
    received: 2,
    kept: 2,
    verdicts: [],
    warnings: [],
  };

  it('registers what the file says, with the key of the environment', async () => {
    const manifest = {
      apiVersion: 'widget-mediator/v2',
      kind: 'Widget',
      metadata: { id: 'my-picks', owner: 'my-team', title: 'My picks' },
      spec: { itemType: 'film', delivery: { mode: 'push' }, placements: ['row'] },
    };
    const answer = Response.json({ ...registration, manifest }, { status: 201 });
    const { code, out, asked } = await run(['register', file('w.yaml', widget)], inCi, [answer]);
    expect([code, out]).toEqual([0, 'my-picks: registered, revision 3\n']);
    expect(asked).toEqual([['PUT', 'http://mediator.test/v1/widgets/my-picks', `Bearer ${key}`]]);
  });

  it('publishes, or tries out', async () => {
    const files = [file('w.yaml', widget), file('p.json', publication)];
    const stored = await run(['publish', ...files], inCi, [Response.json(receipt, { status: 202 })]);
    expect([stored.code, stored.out]).toEqual([0, 'my-picks: version 1, 2 of 2 items, stored as an-id\n']);
    const { publication: _none, ...rest } = { ...receipt, stored: false };
    const tried = await run(['publish', '--dry-run', ...files], inCi, [Response.json(rest)]);
    expect([tried.code, tried.out]).toEqual([
      0,
      'my-picks: version 1, 2 of 2 items, tried out, and not stored\n',
    ]);
    expect(tried.asked[0]?.[1]).toBe('http://mediator.test/v1/widgets/my-picks/publications?dryRun=true');
  });

  it('tells refusals with the lines that they are about', async () => {
    const errors = [{ pointer: '/items/1/title', detail: 'is wrong somehow' }];
    const refusal = problem('validation-failed', { errors });
    const files = [file('w.yaml', widget), file('p.json', publication)];
    const { code, errors: told } = await run(['publish', ...files], inCi, [refusal]);
    expect(code).toBe(1);
    expect(told[0]).toBe('p.json:5:18: error: /items/1/title: is wrong somehow');
    expect(told[1]).toContain('422 validation-failed');
  });

  it('sends nothing of a file with faults', async () => {
    const wrong = file('p.json', publication.replace('"version": 1', '"version": 0'));
    const { code, asked } = await run(['publish', file('w.yaml', widget), wrong], inCi);
    expect([code, asked]).toEqual([1, []]);
  });

  it('fails for verdicts when it is to be strict', async () => {
    const doubted = { ...receipt, verdicts: [{ code: 'expired', widget: 'my-picks' }] };
    const args = ['publish', file('w.yaml', widget), file('p.json', publication)];
    const answer = () => [Response.json(doubted, { status: 202 })];
    const { code, errors } = await run(args, inCi, answer());
    expect([code, errors]).toEqual([0, ['p.json:3:3: warning: /items: expired: see the table of verdicts']]);
    expect((await run([...args, '--strict'], inCi, answer())).code).toBe(1);
  });
});

describe('the command line', () => {
  it('explains itself', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const word of ['check', 'register', 'publish', 'API_KEY', 'Exit codes']) expect(out).toContain(word);
    expect((await run(['publish', '--help'])).out).toContain('--dry-run');
  });

  it.each([
    ['nothing', []],
    ['an unknown command', ['destroy']],
    ['an unknown option', ['check', '--key=secret', 'w.yaml']],
    ['a missing argument', ['register', '--mediator=http://mediator.test']],
    ['a file that is not there', ['check', 'nowhere.yaml']],
  ])('ends with 2 for %s', async (_, args) => {
    const { code, errors } = await run(args, inCi);
    expect(code).toBe(2);
    expect(errors.join()).not.toContain('secret');
  });

  it('needs a key and a mediator, and says how to give them', async () => {
    const args = ['register', file('w.yaml', widget)];
    const withoutKey = await run(args, { MEDIATOR_URL: 'http://mediator.test' });
    expect([withoutKey.code, withoutKey.errors]).toEqual([
      2,
      ["API_KEY must be set to your team's publish key"],
    ]);
    const withoutUrl = await run(args, { API_KEY: key });
    expect([withoutUrl.code, withoutUrl.errors.join()]).toEqual([2, expect.stringContaining('--mediator')]);
    const nowhere = await run([...args, '--mediator', 'nowhere'], inCi);
    expect(nowhere.code).toBe(2);
    expect(nowhere.errors.join()).not.toContain(key);
  });
});

const inCi = { API_KEY: key, MEDIATOR_URL: 'http://mediator.test' };

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function problem(code: keyof typeof problemTable, more: object): Response {
  const { status, title } = problemTable[code];
  const body = { type: problemType(code), title, status, detail: title, instance: '/', ...more };
  return Response.json(body, { status });
}

async function run(args: string[], env: Record<string, string> = {}, answers: Response[] = []) {
  const told = { out: '', errors: [] as string[], asked: [] as unknown[][] };
  const short = (text: string) => text.replaceAll(`${folder}/`, '');
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const { method, url: asked, headers } = new Request(url, init);
    told.asked.push([method, asked, headers.get('authorization')]);
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError('fetch failed');
    return answer;
  };
  const code = await runCli(args, {
    env,
    fetch,
    out: (text) => {
      told.out += short(text);
    },
    error: (line) => void told.errors.push(short(line)),
  });
  return { code, ...told };
}
