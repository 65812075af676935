/** One line of a stream, counted from 1, without its end; or that it was too long, and nothing of it was kept. */
export type Line =
  | { readonly number: number; readonly bytes: Buffer }
  | { readonly number: number; readonly tooLong: true };

/** Cuts a stream of bytes into lines, holding no more than one line of at most `maxBytes`. Blank lines are counted, and left out. */
export interface LineSplitter {
  /** The lines that end in this chunk. */
  push(chunk: Buffer): Line[];
  /** The last line, if it has no end. */
  end(): Line[];
  /** The number of the line that would come next. */
  readonly next: number;
}

const lineFeed = 0x0a;

export function createLineSplitter(maxBytes: number): LineSplitter {
  let number = 1;
  let parts: Buffer[] = [];
  let bytes = 0;

  return {
    get next() {
      return number;
    },
    push(chunk) {
      const lines: Line[] = [];
      let from = 0;
      for (let to = chunk.indexOf(lineFeed); to >= 0; to = chunk.indexOf(lineFeed, from)) {
        hold(chunk.subarray(from, to));
        lines.push(...take());
        from = to + 1;
        // Nothing is cheaper to send than empty lines.
        for (; chunk[from] === lineFeed; from += 1) number += 1;
      }
      hold(chunk.subarray(from));
      return lines;
    },
    end: () => (bytes === 0 ? [] : take()),
  };

  function hold(part: Buffer): void {
    bytes += part.length;
    if (bytes > maxBytes) parts = [];
    else if (part.length > 0) parts.push(part);
  }

  function take(): Line[] {
    const line: Line = bytes > maxBytes ? { number, tooLong: true } : { number, bytes: whole() };
    number += 1;
    parts = [];
    bytes = 0;
    return 'bytes' in line && isBlank(line.bytes) ? [] : [line];
  }

  /** Copied when it is in pieces only: a chunk lives as long as its lines. */
  function whole(): Buffer {
    const [first = Buffer.alloc(0), ...others] = parts;
    return others.length === 0 ? first : Buffer.concat(parts);
  }
}

/** Of nothing but white space (RFC 8259, 2). */
const isBlank = (bytes: Buffer): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
