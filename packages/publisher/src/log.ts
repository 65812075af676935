/** What the SDK needs of a logger: constant messages, facts in fields. A pino logger is one. */
export type Log = {
  readonly warn: (facts: object, message: string) => void;
  readonly error: (facts: object, message: string) => void;
};
