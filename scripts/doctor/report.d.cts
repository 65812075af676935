import type { Check } from './checks.cjs';

/** Whether nothing that is required is missing. */
export declare function isWell(checks: readonly Check[]): boolean;
/** The results as lines for people. */
export declare function report(checks: readonly Check[]): string;
