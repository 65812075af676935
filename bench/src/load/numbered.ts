/** A path with `{n}` as this number, or `{nnn}` as its last three digits: as many as there are letters. */
export const numbered = (path: string, number: number): string =>
  path.replace(/\{(n+)\}/, (_place, { length }: string) =>
    length === 1 ? `${number}` : `${number}`.slice(-length).padStart(length, '0'),
  );
