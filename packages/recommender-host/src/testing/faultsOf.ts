import { AcceptedManifest, Publication, type SourceRequest } from '@widget-mediator/contracts';
import type { Content, Recommender } from '../recommender.ts';

const ENDPOINT = 'http://127.0.0.1:4100/widget';

/**
 * Everything the mediator would hold against this recommender: manifests, submissions and the answers to these requests
 * that do not fit the contract's schemas, items that stand twice, lists too short to be shown. One line each.
 */
export function faultsOf(
  recommender: Recommender,
  requests: readonly SourceRequest[] = [],
): readonly string[] {
  const manifests = recommender.manifests(ENDPOINT);
  const submissions = recommender.submissions?.() ?? [];
  const minItemsOf = (widget: string) =>
    manifests.find(({ metadata }) => metadata.id === widget)?.spec.minItems ?? Number.POSITIVE_INFINITY;
  return [
    ...manifests.flatMap((manifest) =>
      schemaFaults(manifest.metadata.id, AcceptedManifest.safeParse(manifest)),
    ),
    ...submissions.flatMap(({ widget, content }) => contentFaults(widget, content, minItemsOf(widget))),
    ...requests.flatMap((request) => {
      const content = recommender.answer?.(request);
      return content ? contentFaults(`the answer to ${JSON.stringify(request)}`, content, 1) : [];
    }),
  ];
}

function contentFaults(name: string, content: Content, minItems: number): readonly string[] {
  const { items } = content;
  const parsed = Publication.safeParse({ ...content, version: 1 });
  const repeated = items.length - new Set(items.map(({ id }) => id)).size;
  return [
    ...schemaFaults(name, parsed),
    ...(repeated > 0 ? [`${name}: ${repeated} items stand twice`] : []),
    ...(items.length < minItems
      ? [`${name}: ${items.length} items, of an unknown widget or below minItems`]
      : []),
  ];
}

type Parsed = { readonly error?: { readonly issues: readonly { path: PropertyKey[]; message: string }[] } };

function schemaFaults(name: string, { error }: Parsed): readonly string[] {
  return (error?.issues ?? []).map(({ path, message }) => `${name}: /${path.join('/')} ${message}`);
}
