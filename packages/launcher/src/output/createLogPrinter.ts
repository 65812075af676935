import { type Colour, createPaint } from './createPaint.ts';
import { createPrettyLine } from './createPrettyLine.ts';

export interface LogPrinterOptions {
  /** Of the longest process name. */
  readonly width: number;
  readonly colour: boolean;
  readonly print: (line: string) => void;
}

const colours: readonly Colour[] = ['cyan', 'magenta', 'blue', 'green', 'yellow'];

/** Prints what children log, made readable, each line after the name of its process. */
export function createLogPrinter(options: LogPrinterOptions): (name: string) => (line: string) => void {
  const { width, colour, print } = options;
  const paint = createPaint(colour);
  const pretty = createPrettyLine(colour);
  let named = 0;
  return (name) => {
    const own = colours[named % colours.length] ?? 'cyan';
    named += 1;
    const prefix = `${paint(own, name.padEnd(width))} ${paint('dim', '|')} `;
    return (line) => {
      for (const part of pretty(line).split('\n')) print(prefix + part);
    };
  };
}
