import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layoutFindings } from '@widget-mediator/composition';
import { Device, type LayoutInput } from '@widget-mediator/contracts';
import { readLayouts } from './layouts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layouts-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const layout = (id: string, changes: Partial<LayoutInput> = {}): LayoutInput => ({
  apiVersion: 'widget-mediator/v1',
  kind: 'Layout',
  id,
  version: '1',
  deadlineMs: 100,
  placements: [{ id: 'row', kind: 'row', required: false }],
  editorial: [],
  ...changes,
});

function write(files: Readonly<Record<string, unknown>>): void {
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const reading = (path = folder) => readLayouts(path, layoutFindings);

/** What is said of the folder, without its path. */
function refusal(files: Readonly<Record<string, unknown>>, path = folder): string[] {
  write(files);
  try {
    reading(path);
  } catch (error) {
    const [first, ...lines] = String(error).split('\n');
    expect(first).toBe(`FileRefused: ${path} cannot be used:`);
    return lines.map((line) => line.trim());
  }
  throw new Error('was not refused');
}

describe('a folder of layouts', () => {
  it('gives each device the layout that names it, and the others the one that names none', () => {
    write({
      'rest.json': layout('rest'),
      'small.json': layout('small', { devices: ['phone', 'tablet'] }),
      'tv.json': layout('tv', { devices: ['tv'] }),
      'notes.txt': 'not a layout',
    });
    const layouts = reading();
    expect(Device.options.map((device) => layouts.of(device).layout.id)).toEqual([
      'small',
      'small',
      'rest',
      'tv',
    ]);
  });

  it('may name all devices', () => {
    write({
      'one.json': layout('one', { devices: ['phone', 'tablet'] }),
      'two.json': layout('two', { devices: ['web', 'tv', 'web'] }),
    });
    expect(reading().of('web').layout.id).toBe('two');
  });

  it('knows the editorial lists of all', () => {
    const list = (id: string) => ({
      id,
      title: id,
      itemType: 'film',
      placements: ['row'],
      minItems: 1,
      items: [{ id: '1', title: 'x' }],
    });
    write({
      'one.json': layout('one', { editorial: [list('a')] }),
      'two.json': layout('two', { editorial: [list('b')], devices: ['tv'] }),
    });
    expect(['a', 'b', 'c'].map(reading().isEditorial)).toEqual([true, true, false]);
  });

  it('is refused with every finding of every file, and of all together, at once', () => {
    const lines = refusal({
      'broken.json': '{',
      'other.json': { ...layout('web'), colour: 'red' },
      'tv.json': layout('tv', { devices: ['tv', 'web'], prior: ['a', 'a'] }),
      'web.json': layout('tv', { devices: ['web'], strategy: 'remote' }),
    });
    expect(lines).toEqual([
      'broken.json (whole file) is not JSON',
      'other.json /colour is not a known field',
      expect.stringMatching(/^tv\.json \/prior\/1 /),
      expect.stringMatching(/^web\.json \/strategy /),
      'web.json /devices tv.json is for web, too: leave it out of one of them',
      'web.json /version tv.json has the same id and version: change one of them',
    ]);
  });

  it('is refused when two are for the devices that no other names', () => {
    expect(refusal({ 'a.json': layout('a'), 'b.json': layout('b') })).toEqual([
      expect.stringMatching(/^b\.json \/devices is absent here and in a\.json/),
    ]);
  });

  it('is refused when a device has none', () => {
    const files = {
      'a.json': layout('a', { devices: ['tv'] }),
      'b.json': layout('b', { devices: ['phone', 'tablet'] }),
    };
    expect(refusal(files)).toEqual([
      expect.stringMatching(/^\(all files\) \/devices no layout is for web: /),
    ]);
  });

  it('is refused when it is empty', () => {
    expect(refusal({})).toEqual(['(whole file) holds no *.json file']);
  });
});

describe('one layout file', () => {
  it('is for every device', () => {
    write({ 'one.json': layout('one') });
    expect(reading(join(folder, 'one.json')).of('tv').layout.id).toBe('one');
  });

  it('is refused when it leaves devices without a layout', () => {
    expect(refusal({ 'one.json': layout('one', { devices: ['tv'] }) }, join(folder, 'one.json'))).toEqual([
      expect.stringMatching(/^\/devices no layout is for phone, tablet, web: /),
    ]);
  });

  it('is refused when it is not there', () => {
    expect(refusal({}, join(folder, 'none.json'))).toEqual(['(whole file) cannot be read']);
  });
});
