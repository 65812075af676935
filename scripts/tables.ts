import {
  problemCodes,
  problemTable,
  problemType,
  verdictCodes,
  verdictTable,
} from '../packages/contracts/src/index.ts';

/** docs/verdicts.md, from the verdict table. */
export function verdictsPage(): string {
  const rows = verdictCodes.map((code) => {
    const { about, stage, degraded, meaning, advice } = verdictTable[code];
    return `| \`${code}\` | ${about} | ${stage} | ${degraded ? 'yes' : ''} | ${meaning} | ${advice} |`;
  });
  return [
    '# Verdicts',
    '',
    'Why a widget or an item is not on a page. Every absence has exactly one code. Those marked *degraded* are faults of',
    "a source, and stand in the page's `degraded` list; the others are the rules at work, and stand in the trace only.",
    '',
    'Made from `packages/contracts/src/verdicts.ts` by `pnpm run tables`.',
    '',
    '| code | about | stage | degraded | meaning | what to do |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** docs/problems.md, from the problem table. */
export function problemsPage(): string {
  const rows = problemCodes.map((code) => {
    const { status, title, action } = problemTable[code];
    return `| \`${code}\` | ${status} | ${title} | ${action} |`;
  });
  return [
    '# Problems',
    '',
    'Why a request was refused, as `application/problem+json` (RFC 9457). `type` is',
    `\`${problemType('malformed-json').replace('malformed-json', '<code>')}\`; \`errors\` names each fault by JSON Pointer (RFC 6901), at`,
    'most 20 of them, and `errorsTruncated` says that there may be more. No value of the request is repeated.',
    '',
    'Made from `packages/contracts/src/problems.ts` by `pnpm run tables`.',
    '',
    '| code | status | title | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
