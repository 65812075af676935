import type { PlacedCandidate } from '@widget-mediator/composition';
import type { Degraded, Trace } from '@widget-mediator/contracts';
import type { Presented } from '../intake/content.ts';
import type { PageSigner } from './tokens.ts';

/** A composed page, about to be written. */
export interface WrittenPage {
  readonly pageId: string;
  readonly layoutVersion: string;
  readonly placed: readonly PlacedCandidate[];
  readonly contentOf: (placed: PlacedCandidate) => Presented;
  readonly sign: PageSigner;
  readonly degraded: readonly Degraded[];
  readonly nextCursor: string | undefined;
  readonly trace: Trace | undefined;
}

/**
 * The page as JSON bytes. Items were serialised at admission and are only copied; the schema of the result is `Page`
 * in the contract, and a test holds the two together.
 */
export function writePage(page: WrittenPage): Buffer {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const write = (text: string) => {
    const bytes = Buffer.from(text);
    chunks.push(bytes);
    length += bytes.length;
  };

  let between = `{"pageId":"${page.pageId}","layoutVersion":"${page.layoutVersion}","placements":[`;
  for (const placed of page.placed) {
    const content = page.contentOf(placed);
    write(`${between}${placementOpening(placed, content, page.sign)}`);
    length += content.fragments.appendTo(chunks, placed.shown);
    between = ']}},';
  }
  const close = page.placed.length > 0 ? ']}}]' : `${between}]`;
  const cursor = page.nextCursor === undefined ? '' : `,"nextCursor":"${page.nextCursor}"`;
  const trace = page.trace === undefined ? '' : `,"trace":${JSON.stringify(page.trace)}`;
  write(`${close},"degraded":${JSON.stringify(page.degraded)}${cursor}${trace}}`);
  return Buffer.concat(chunks, length);
}

/** Everything of a filled placement up to its first item. Ids are slugs, so they need no escaping. */
export function placementOpening(placed: PlacedCandidate, content: Presented, sign: PageSigner): string {
  const { candidate, placement, position, shown } = placed;
  const token = sign({
    placement: placement.id,
    position,
    widget: candidate.widget,
    version: candidate.version,
    itemsDigest: content.fragments.digest(shown),
  });
  return (
    `{"placement":"${placement.id}","kind":"${placement.kind}","position":${position},"widget":` +
    `${content.opening}"${candidate.provenance}","token":"${token}","items":[`
  );
}
