import { Presets, SingleBar } from 'cli-progress';

/** How far a run has come, on stderr: a bar for people, lines for logs. */
export interface Progress {
  readonly step: (what: string) => void;
  readonly end: () => void;
}

/** @param expected steps; rounds that are repeated come on top */
export function createProgress(expected: number, stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) {
    let taken = 0;
    return {
      step(what) {
        taken += 1;
        stream.write(`${taken}/${Math.max(taken, expected)} ${what}\n`);
      },
      end() {},
    };
  }
  const bar = new SingleBar(
    { format: '{bar} {value}/{total}  {what}', stream, barsize: 30, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  let taken = 0;
  bar.start(expected, 0, { what: '' });
  return {
    step(what) {
      if (taken >= expected) bar.setTotal(taken + 1);
      bar.update(taken, { what });
      taken += 1;
    },
    end: () => bar.stop(),
  };
}
