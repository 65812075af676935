import type { Verdict } from '@widget-mediator/contracts';

/** What is wrong with a file of the team's, or may be: an error keeps it from being taken, a warning does not. */
export type Finding = {
  readonly severity: 'error' | 'warning';
  readonly pointer: string;
  readonly detail: string;
};

export const errorAt = (pointer: string, detail: string): Finding => ({ severity: 'error', pointer, detail });
export const warningAt = (pointer: string, detail: string): Finding => ({
  severity: 'warning',
  pointer,
  detail,
});

/** A verdict says what keeps the publication, or one of its items, off pages. */
export const verdictAt = (pointer: string, { code, item }: Verdict): Finding =>
  warningAt(pointer, `${code}${item === undefined ? '' : ` (${item})`}: see the table of verdicts`);
