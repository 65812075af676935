import type { BulkLineInput, WidgetId } from '@widget-mediator/contracts';

/** Publications, each with the widget that it is of. An (async) generator is read no faster than they are sent. */
export type Publications = Iterable<BulkLineInput> | AsyncIterable<BulkLineInput>;

export type BatchLine = { readonly widget: WidgetId; readonly text: string };

/** Some publications that are sent in one stream. */
export type Batch = {
  /** The place of its first line in all that is published, from 0. */
  readonly first: number;
  /** How many lines it had. */
  readonly size: number;
  /** What is not settled yet, by the number of its line, from 1. */
  readonly pending: Map<number, BatchLine>;
};

/** Small enough to be sent again, and for its results to wait in the sockets until all of it is sent. */
const most = { lines: 100, characters: 1024 * 1024 };

/** @yields batches of at most a hundred lines and about a megabyte. */
export async function* batchesOf(publications: Publications): AsyncGenerator<Batch> {
  let first = 0;
  let pending = new Map<number, BatchLine>();
  let characters = 0;
  for await (const publication of publications) {
    const text = textOf(publication);
    if (pending.size === most.lines || (pending.size > 0 && characters + text.length > most.characters)) {
      const size = pending.size;
      yield { first, size, pending };
      first += size;
      pending = new Map();
      characters = 0;
    }
    pending.set(pending.size + 1, { widget: publication.widget, text });
    characters += text.length;
  }
  if (pending.size > 0) yield { first, size: pending.size, pending };
}

const textOf = (publication: BulkLineInput): string => JSON.stringify(publication);
