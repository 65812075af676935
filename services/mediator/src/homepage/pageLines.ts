import type { Candidate, PlacedCandidate } from '@widget-mediator/composition';
import type { Degraded, PageTail, Trace } from '@widget-mediator/contracts';
import type { Presented } from '../intake/content.ts';
import type { PageSigner } from './tokens.ts';
import { placementOpening } from './writePage.ts';

/** A page as lines of JSON: its head, each placement as soon as it is settled, its tail. */
export interface PageLines {
  /** The position up to which placements were handed out. */
  lastPosition(): number;
  /** Hands out the placements of a composed page up to a position, but for those that were before. */
  settle(placed: readonly PlacedCandidate[], settled: Settled): void;
  /** The last lines. Throws when the page is another than the one of which placements were handed out. */
  finish(page: FinishedPage): Buffer;
}

export interface Settled {
  readonly upTo: number;
  readonly contentOf: (candidate: Candidate) => Presented;
}

export interface FinishedPage {
  readonly placed: readonly PlacedCandidate[];
  readonly contentOf: (candidate: Candidate) => Presented;
  readonly degraded: readonly Degraded[];
  readonly nextCursor: string | undefined;
  readonly trace: Trace | undefined;
  readonly timingsMs: Readonly<Record<string, number>>;
}

export interface PageLinesParts {
  readonly pageId: string;
  readonly layoutVersion: string;
  readonly sign: PageSigner;
  readonly emit: (lines: Buffer) => void;
}

/** Opens the lines of a page: the head is handed out at once. The schema of each line is `PageLine` in the contract. */
export function openPageLines({ pageId, layoutVersion, sign, emit }: PageLinesParts): PageLines {
  const handedOut: PlacedCandidate[] = [];
  let last = 0;
  emit(Buffer.from(`{"type":"head","pageId":"${pageId}","layoutVersion":"${layoutVersion}"}\n`));

  return {
    lastPosition: () => last,
    settle(placed, { upTo, contentOf }) {
      const next = placed.filter(({ position }) => position > last && position <= upTo);
      last = upTo;
      if (next.length === 0) return;
      handedOut.push(...next);
      emit(linesOf(next, contentOf));
    },
    finish({ placed, contentOf, degraded, nextCursor, trace, timingsMs }) {
      const promised = placed.filter(({ position }) => position <= last);
      if (!isSame(promised, handedOut)) throw new Error('a settled placement has changed');
      const tail: PageTail = {
        type: 'tail',
        degraded: [...degraded],
        ...(nextCursor !== undefined && { nextCursor }),
        ...(trace !== undefined && { trace }),
        timingsMs: { ...timingsMs },
      };
      const rest = placed.filter(({ position }) => position > last);
      return Buffer.concat([linesOf(rest, contentOf), Buffer.from(`${JSON.stringify(tail)}\n`)]);
    },
  };

  function linesOf(placed: readonly PlacedCandidate[], contentOf: Settled['contentOf']): Buffer {
    const chunks: Uint8Array[] = [];
    for (const one of placed) {
      const content = contentOf(one.candidate);
      chunks.push(Buffer.from(`{"type":"placement",${placementOpening(one, content, sign).slice(1)}`));
      content.fragments.appendTo(chunks, one.shown);
      chunks.push(endOfPlacement);
    }
    return Buffer.concat(chunks);
  }
}

const endOfPlacement = Buffer.from(']}}\n');

const isSame = (a: readonly PlacedCandidate[], b: readonly PlacedCandidate[]): boolean =>
  a.length === b.length &&
  a.every(({ candidate, position, shown }, index) => {
    const other = b[index];
    return (
      position === other?.position &&
      candidate === other.candidate &&
      shown.length === other.shown.length &&
      shown.every((place, at) => place === other.shown[at])
    );
  });
