/** Kinds of bytes, as bits of {@link classOf}. Quote and backslash are of none: they end or escape a string. */
export const byteKind = {
  space: 1,
  /** ASCII that may stand in a text: space to tilde. */
  printable: 2,
  /** ASCII that may stand in an id: the same without space. */
  visible: 4,
  /** What a link may hold after its host. */
  link: 8,
  /** What a host may hold. */
  host: 16,
  /** What a host begins and ends with. */
  alphanumeric: 32,
  letter: 64,
  digit: 128,
  /** What an attribute's name may hold after its first letter. */
  name: 256,
  /** Of a number, `true`, `false` or `null`. */
  scalar: 1024,
  /** Of a character of several bytes in UTF-8. */
  notAscii: 512,
} as const;

/** By byte, its kinds. */
export const classOf: Uint16Array = Uint16Array.from({ length: 256 }, (_, byte) => kindsOf(byte));

function kindsOf(byte: number): number {
  if (byte >= 0x80) return byteKind.notAscii;
  const character = String.fromCharCode(byte);
  const isOf = (pattern: RegExp, kind: number) => (pattern.test(character) ? kind : 0);
  return (
    isOf(/ /, byteKind.space) |
    isOf(/[ !#-[\]-~]/, byteKind.printable) |
    isOf(/[!#-[\]-~]/, byteKind.visible) |
    isOf(/[!#-;=?-[\]_a-z~]/, byteKind.link) |
    isOf(/[A-Za-z0-9.-]/, byteKind.host) |
    isOf(/[A-Za-z0-9]/, byteKind.alphanumeric) |
    isOf(/[A-Za-z]/, byteKind.letter) |
    isOf(/[0-9]/, byteKind.digit) |
    isOf(/[A-Za-z0-9_-]/, byteKind.name) |
    isOf(/[A-Za-z0-9.+-]/, byteKind.scalar)
  );
}
