import type { Check } from './checks.cjs';

/** The check of a version of Node against the `engines` of package.json. */
declare function nodeCheck(version: string): Check & { readonly wanted: string };
export = nodeCheck;
