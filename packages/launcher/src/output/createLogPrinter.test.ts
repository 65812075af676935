import { createLogPrinter } from './createLogPrinter.ts';

function printed(line: string, colour = false): string[] {
  const lines: string[] = [];
  createLogPrinter({ width: 10, colour, print: (text) => lines.push(text) })('mediator')(line);
  return lines;
}

const pinoLine = (fields: object) => JSON.stringify({ level: 30, time: 1_764_000_000_000, ...fields });

describe('createLogPrinter', () => {
  it("makes pino's lines readable", () => {
    const [line] = printed(pinoLine({ service: 'mediator', port: 4000, msg: 'listening' }));
    expect(line).toMatch(/^mediator {3}\| \[\d\d:\d\d:\d\d\] INFO: listening \{"port":4000\}$/);
  });

  it('puts the name before each line of an error', () => {
    const lines = printed(pinoLine({ level: 50, err: { type: 'E', message: 'no', stack: 'E: no\n  at x' } }));
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/^mediator {3}\| /);
  });

  it.each(['plain text', '{"no":"log line"}', '{broken', ''])('passes %j on as it is', (line) => {
    expect(printed(line)).toEqual([`mediator   | ${line}`]);
  });

  it('uses colours only when asked to', () => {
    const escapeCode = String.fromCharCode(27);
    expect(printed('x').join()).not.toContain(escapeCode);
    expect(printed('x', true).join()).toContain(escapeCode);
  });
});
