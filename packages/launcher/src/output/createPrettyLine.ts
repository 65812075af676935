import { prettyFactory } from 'pino-pretty';

/** Makes one logged line readable: pino's JSON as time, level, message and facts, any other line as it is. */
export function createPrettyLine(colour: boolean): (line: string) => string {
  const pretty = prettyFactory({
    colorize: colour,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname,name,service',
    singleLine: true,
  });
  return (line) => (isPinoLine(line) ? pretty(line).trimEnd() : line);
}

function isPinoLine(line: string): boolean {
  return line.startsWith('{') && line.includes('"level":');
}
