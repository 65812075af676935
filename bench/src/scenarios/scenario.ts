import type { CurrentManifestInput, LayoutInput, PublicationInput } from '@widget-mediator/contracts';

/** Kinds of pages; those of one kind are asked for at one rate, whoever answers. */
export const pageKinds = ['pushed', 'busy', 'personal', 'pulled', 'sources', 'registered'] as const;
export type PageKind = (typeof pageKinds)[number];

/** How much of the mediator's CPU a peer must use at least, and what we aim at; both are peer ÷ mediator. */
export interface Target {
  readonly atLeast: number;
  readonly aim: number;
}

/** Somebody else's way to answer with the same page: one file in `peers/`, run as a process of its own. */
export interface Peer {
  readonly name: string;
  /** For the tables. */
  readonly title: string;
  /** Built from `peers/<entry>.ts`. */
  readonly entry: string;
  /** Without one, it is only shown. */
  readonly target?: Target;
  /** Must answer with exactly the bytes that the mediator answered with. */
  readonly sameBytes?: true;
}

/** A widget as its team would register it, and what it has published. */
export interface BenchWidget {
  readonly manifest: CurrentManifestInput;
  readonly publication?: PublicationInput;
}

/** One kind of page, which the mediator and all its peers are asked for in the same way. */
export interface Scenario {
  /** Of its own: what its processes are called, and what its keys in Redis begin with. */
  readonly name: string;
  readonly kind: PageKind;
  readonly title: string;
  /** `{n}` is another number in each request. */
  readonly path: string;
  readonly layout: LayoutInput;
  /** How many stub sources are started; each has an origin of its own. */
  readonly sources: number;
  readonly widgets: (origins: readonly string[]) => readonly BenchWidget[];
  /** Fewer than usual, where each connection's first page is much work. */
  readonly connections?: number;
  /** Widgets of other teams that are registered besides, and on no page of this layout. */
  readonly crowd?: number;
  readonly peers: readonly Peer[];
}
