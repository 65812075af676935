/** A whole installation as its users meet it: by URL. The suites run against any. */
export interface House {
  /** Where frontends and teams call. */
  readonly mediatorUrl: string;
  readonly storefrontUrl: string;
  readonly keys: { readonly operator: string; readonly publish: PublishKey };
  /** The name of each mediator's process or container. */
  readonly mediators: readonly string[];
  /** When each mediator first answered `path` with `text` in it, in ms since the epoch; asked with the operator's key. */
  firstSeen(path: string, text: string): Promise<readonly number[]>;
}

/** A house that we have started, so that anything may be done to it. */
export interface OwnHouse extends House {
  readonly control: Control;
  stop(): Promise<void>;
}

export interface PublishKey {
  readonly team: string;
  readonly key: string;
}

/** What operators and accidents do to a service, by its name. Each resolves when it has come about. */
export interface Control {
  /** Ends it at once, as a lost machine does. */
  kill(service: string): Promise<void>;
  /** It keeps its connections and does nothing. */
  hang(service: string): Promise<void>;
  resume(service: string): Promise<void>;
  /** Resolves when it is healthy. */
  start(service: string): Promise<void>;
  /** Asks it to stop in good order, and starts it again. */
  restart(service: string): Promise<void>;
}
