import type { Audience, Item, PublicationInput } from '@widget-mediator/contracts';

/** One widget's publications for one audience: versions 1, 2, 3 and so on, sent one after the other. */
export interface Stream {
  /** `<widget>.<audience>`, and the beginning of the id of every item. */
  readonly name: string;
  readonly widget: string;
  readonly audience: Audience;
  /** The newest version of which any byte was sent. */
  sent: number;
  /** The newest version that was answered 202. */
  acknowledged: number;
}

export const widgets = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6'] as const;

const segments = ['s1', 's2'] as const;
const users = ['u1', 'u2'] as const;

const audiences: readonly (readonly [string, Audience])[] = [
  ['everyone', { type: 'everyone' }],
  ...segments.map((segment) => [segment, { type: 'segment', segment }] as const),
  ...users.map((user) => [user, { type: 'user', user }] as const),
];

export const createStreams = (): Stream[] =>
  widgets.flatMap((widget) =>
    audiences.map(([name, audience]) => ({
      name: `${widget}.${name}`,
      widget,
      audience,
      sent: 0,
      acknowledged: 0,
    })),
  );

/** The queries of pages that together show every stream that has content. */
export const viewers: readonly string[] = [
  '',
  ...segments.map((segment) => `segments=${segment}`),
  ...users.map((user) => `user=${user}`),
];

export const itemsOfVersion = 5;

/** What a version holds follows from its number alone: whoever sees it knows what was sent, byte for byte. */
export const itemsOf = ({ name }: Pick<Stream, 'name'>, version: number): Item[] =>
  Array.from({ length: itemsOfVersion }, (_, index) => ({
    id: `${name}.${version}.${index}`,
    title: `${name} ${version} ${index} ${'abcdefghij'.repeat(1 + ((version + index) % 9))}`,
    attributes: { version, index },
  }));

export const titleOf = ({ name }: Pick<Stream, 'name'>, version: number): string => `${name} v${version}`;

export const publicationOf = (stream: Stream, version: number): PublicationInput => ({
  version,
  title: titleOf(stream, version),
  audience: stream.audience,
  items: itemsOf(stream, version),
});

/** The stream that an item's id names. */
export const streamNameOf = (itemId: string): string => itemId.split('.').slice(0, 2).join('.');
