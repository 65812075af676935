import { Problem, problemTable, problemType } from '@widget-mediator/contracts';
import { type HostileBody, marker } from './hostileBody.ts';
import type { Answer } from './sendBody.ts';

const largestAnswer = 16 * 1024;

/** How an answer differs from what its body's family says; undefined when it does not. */
export function faultOf({ code, at }: HostileBody, { status, headers, text }: Answer): object | undefined {
  const seen = { status, text: text.slice(0, 400) };
  if (Buffer.byteLength(text) > largestAnswer) return { ...seen, fault: 'the answer is too large' };
  if (headers['content-type'] !== 'application/problem+json') return { ...seen, fault: 'is no problem' };
  const problem = Problem.parse(JSON.parse(text));
  const expected = [problemType(code), problemTable[code].status, problemTable[code].status];
  if (String([problem.type, problem.status, status]) !== String(expected)) return { ...seen, expected };
  if (`${text}${JSON.stringify(headers)}`.includes(marker)) return { ...seen, fault: 'echoes the body' };
  const isNamed = problem.errors?.some(({ pointer }) => pointer === at || pointer.startsWith(`${at}/`));
  if (at !== undefined && isNamed !== true) return { ...seen, fault: `names nothing at ${at}` };
  return undefined;
}
