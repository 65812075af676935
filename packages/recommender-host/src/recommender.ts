import type {
  PublicationInput,
  SourceRequest,
  WidgetId,
  WidgetManifestInput,
} from '@widget-mediator/contracts';

/** A publication whose version is still to be given. */
export type Content = Omit<PublicationInput, 'version'>;

/** Content for one widget, pushed ahead of time. A widget may have one for each audience. */
export type Submission = { readonly widget: WidgetId; readonly content: Content };

/**
 * What a recommender is to its host: plain functions, so that tests call them without a server. Everything slow is done
 * before this exists.
 */
export type Recommender = {
  /** The widgets to register. @param endpoint where this process answers, for those that are pulled. */
  readonly manifests: (endpoint: string) => readonly WidgetManifestInput[];
  /** What the pushed widgets hold now; asked again at every heartbeat, published when it has changed. */
  readonly submissions?: () => readonly Submission[];
  /** The answer for one viewer of the pulled widget; `undefined` is "nothing for this person". */
  readonly answer?: (request: SourceRequest) => Content | undefined;
};
