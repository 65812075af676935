import type { Portion, ProfileSummary } from './profileSummary.ts';

const functionsShown = 15;

/** One server's profile for the terminal. @param title whose, and what a page cost while it was profiled */
export function profileLines(title: string, { groups, functions }: ProfileSummary): string[] {
  return [
    title,
    '  by author',
    ...groups.filter(({ share }) => share >= 0.005).map(line),
    '  by function, its own time',
    ...functions.slice(0, functionsShown).map(line),
    '',
  ];
}

const line = ({ name, share }: Portion): string => `    ${(share * 100).toFixed(1).padStart(5)} %  ${name}`;
