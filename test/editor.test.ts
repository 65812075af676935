import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '@widget-mediator/mediator';
import { z } from 'zod';

const root = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const Biome = z.object({
  formatter: z.object({ indentStyle: z.string(), indentWidth: z.number(), lineWidth: z.number() }),
});
const Launch = z.object({
  configurations: z.array(
    z.object({ name: z.string(), program: z.string(), env: z.record(z.string(), z.string()).default({}) }),
  ),
});

test('editors format as biome does', () => {
  const { formatter } = Biome.parse(JSON.parse(read('biome.json')));
  const settings = Object.fromEntries(
    [...read('.editorconfig').matchAll(/^(\w+) = (.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  expect(settings).toMatchObject({
    indent_style: formatter.indentStyle,
    indent_size: String(formatter.indentWidth),
    max_line_length: String(formatter.lineWidth),
    end_of_line: 'lf',
  });
  const editor = z.looseObject({}).parse(JSON.parse(read('.vscode/settings.json')));
  expect(editor).toMatchObject({
    'editor.defaultFormatter': 'biomejs.biome',
    'editor.rulers': [formatter.lineWidth],
  });
});

test('what the debugger starts is there, and the mediator takes its settings', () => {
  const { configurations } = Launch.parse(JSON.parse(read('.vscode/launch.json')));
  const programs = configurations.map(({ program }) => program.replace(/^\$\{workspaceFolder\}/, root));
  expect(programs.filter((program) => !existsSync(program))).toEqual([]);
  const mediator = configurations.find(({ program }) => program.includes('mediator'));
  expect(Config.strict().safeParse(mediator?.env).error).toBeUndefined();
  expect(existsSync(join(root, mediator?.env['KEYS_FILE'] ?? ''))).toBe(true);
});
