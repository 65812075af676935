import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { until } from '../support/until.ts';
import type { Block } from './readBlocks.ts';

/** Runs the blocks of one document in a folder of their own, in order, as one reader in one terminal would. */
export interface BlockRunner {
  readonly folder: string;
  /** Of the mediator that the document has at port 4000. */
  readonly mediatorUrl: string;
  /** Runs it to its end, or, if it goes on in the background, until it prints its first line. Returns what it printed. */
  run(block: Block): Promise<string>;
  /** Ends whatever the blocks left running, and removes the folder. */
  end(): void;
}

export interface RunnerOptions {
  /** The port that stands for 4000 in the document. */
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
}

const root = join(__dirname, '..', '..');
/** On its sources, as everything here. */
const cli = join(root, 'packages', 'publisher', 'src', 'cli', 'main.ts');
const withinMs = 12_000;

export function createBlockRunner({ port, environment }: RunnerOptions): BlockRunner {
  // In the test workspace, so that blocks in TypeScript find the packages.
  const folder = mkdtempSync(join(__dirname, '.run-'));
  symlinkSync(join(root, 'services'), join(folder, 'services'));
  const groups: number[] = [];
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const env = { PATH: path, HOME: folder, ...environment };

  return {
    folder,
    mediatorUrl: `http://127.0.0.1:${port}`,
    async run(block) {
      const name = `line-${block.line}`;
      const printed = (stream: 'out' | 'err') => readFileSync(join(folder, `${name}.${stream}`), 'utf8');
      const child = start(name, commandOf(block, name));
      let status: number | null | undefined;
      child.once('error', () => {
        status = null;
      });
      child.once('exit', (code) => {
        status = code;
      });
      const isBackground = block.options.includes('background') && block.language !== 'sh';
      const isDone = () => status !== undefined || (isBackground && printed('out').includes('\n'));
      await until(`${name} is done`, isDone, withinMs).catch(() => {});
      if (isBackground ? status !== undefined : status !== 0) {
        throw new Error(`${name} ended with ${status}:\n${printed('out')}${printed('err')}`);
      }
      return printed('out').replaceAll(String(port), '4000');
    },
    end() {
      for (const group of groups) endGroup(group);
      rmSync(folder, { recursive: true, force: true });
    },
  };

  /** Output goes to files: a pipe would stay open for as long as something in the background holds it. */
  function start(name: string, [command, ...args]: readonly [string, ...string[]]): ChildProcess {
    const [out, err] = [
      openSync(join(folder, `${name}.out`), 'w'),
      openSync(join(folder, `${name}.err`), 'w'),
    ];
    const child = spawn(command, args, { cwd: folder, env, detached: true, stdio: ['ignore', out, err] });
    if (child.pid !== undefined) groups.push(child.pid);
    closeSync(out);
    closeSync(err);
    return child;
  }

  function commandOf({ language, code }: Block, name: string): [string, ...string[]] {
    const here = code
      .replaceAll('127.0.0.1:4000', `127.0.0.1:${port}`)
      .replaceAll('PORT=4000', `PORT=${port}`);
    const command = [process.execPath, '--conditions=source', '--import', 'tsx', cli].join(' ');
    const commanded = here.replaceAll('npx @widget-mediator/publisher', command);
    const file = (ending: string, text: string) => {
      writeFileSync(join(folder, `${name}.${ending}`), `${text}\n`);
      return `${name}.${ending}`;
    };
    if (language === 'python') return ['python3', '-u', file('py', here)];
    if (language === 'ts') {
      return [process.execPath, '--conditions=source', '--import', 'tsx', join(folder, file('ts', here))];
    }
    // What one block sets is there in the next.
    const remembered = '[ ! -f variables ] || . ./variables';
    return ['sh', file('sh', `set -eu\n${remembered}\nset -a\n${commanded}\nexport -p > variables`)];
  }
}

/** A group is gone once its last process is. */
function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Nothing was left of it.
  }
}
