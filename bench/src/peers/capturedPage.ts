import { readFileSync } from 'node:fs';

/** A page as the mediator answered with it, headers in pairs as they came. */
export interface CapturedPage {
  readonly headers: readonly string[];
  readonly body: string;
}

/** The page that the bench has captured for the peers. */
export function capturedPage(): CapturedPage {
  return JSON.parse(readFileSync(process.env['PAGE_FILE'] ?? '', 'utf8')) as CapturedPage;
}
