/**
 * Holds the last object that was made of each kind. V8 forgets the shape of a kind, and with it the machine code of all that
 * works on it, when it collects old garbage while there is no object of it; pages are several times as slow until that code
 * is made again (docs/adr/0054-code-that-is-kept.md). What lives no longer than a page is made by classes, whose methods
 * are shared, and held here.
 */
const lastMade = new Map<string, object>();

export function held<T extends object>(kind: string, made: T): T {
  lastMade.set(kind, made);
  return made;
}
