import type { Audience, Receipt, Registration } from '@widget-mediator/contracts';

/** What is to be a publication, as it came. */
export interface Arrived {
  /** Bytes that are to be JSON, or what was read from JSON already. */
  readonly body: Buffer | { readonly parsed: unknown };
  /** What its sender calls it: the same thing under the same name is stored once. */
  readonly identity?: string | undefined;
  /** Where it stands in what was sent, as a JSON Pointer. */
  readonly at?: string;
}

/** One publication, however it came. */
export interface Submission {
  readonly registration: Registration;
  readonly dryRun: boolean;
  /** Reads and parses it. What it throws is the publication's refusal. */
  readonly read: () => Arrived | Promise<Arrived>;
  /** Waited for once it is known whom it is for, and before it is stored. */
  readonly inTurn?: (audience: Audience) => Promise<unknown> | undefined;
}

/** What became of one publication; `replayed` when it had been stored before, under the same name. */
export interface Submitted {
  readonly receipt: Receipt;
  readonly replayed: boolean;
}
