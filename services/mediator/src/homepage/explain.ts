import type { Composition } from '@widget-mediator/composition';
import type { HomepageRequest, Layout, Trace, Verdict, WidgetVerdictCode } from '@widget-mediator/contracts';
import type { Collected } from '../delivery/collected.ts';
import type { RankerReport } from '../ranking/askRanker.ts';
import { whyAbsent } from './whyAbsent.ts';

/** What is known of one page once it is composed. */
export interface ExplainedPage {
  readonly request: HomepageRequest;
  readonly layout: Layout;
  readonly collected: readonly Collected[];
  /** What became of asking the ranker, if there was one to ask. */
  readonly ranked: RankerReport | undefined;
  readonly composition: Composition;
  readonly statisticsId: string;
  readonly seed: number;
  readonly timingsMs: Readonly<Record<string, number>>;
}

/** Whether the page is to come with its trace. */
export const isExplained = ({ explain, why }: HomepageRequest): boolean => explain || why !== undefined;

/**
 * The whole trace: every source's outcome, and a verdict for every widget and item that is not on the page. The
 * certificate is made when all is to be explained, since it takes milliseconds; the chain when something was asked about.
 */
export function explain(
  page: ExplainedPage,
  excluded: readonly { readonly widget: string; readonly code: WidgetVerdictCode }[],
): Trace {
  const { request, layout, composition, collected, ranked } = page;
  const delivery = collected.flatMap(({ registration, entry, code }): Verdict[] =>
    entry === undefined && code !== undefined ? [{ code, widget: registration.manifest.metadata.id }] : [],
  );
  return {
    layout: { id: layout.id, version: layout.version },
    strategy: composition.strategy,
    ...(ranked !== undefined && {
      ranker: { outcome: ranked.outcome, durationMs: rounded(ranked.durationMs) },
    }),
    statisticsId: page.statisticsId,
    seed: page.seed,
    sources: collected.map(({ registration, entry, code, durationMs }) => ({
      widget: registration.manifest.metadata.id,
      outcome: entry?.candidate.provenance ?? code ?? 'no-publication',
      items: entry?.content.candidate.items.length ?? 0,
      durationMs: rounded(durationMs),
    })),
    widgets: composition.scores(),
    conservation: composition.conservation,
    search: composition.search,
    ...(request.explain && { certificate: composition.certificate() }),
    ...(request.why !== undefined && {
      why: composition.why(request.why) ?? whyAbsent(request.why, [...excluded, ...delivery]),
    }),
    verdicts: [...excluded, ...delivery, ...composition.verdicts()],
    timingsMs: Object.fromEntries(Object.entries(page.timingsMs).map(([name, ms]) => [name, rounded(ms)])),
  };
}

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
