import type { Explained } from './useExplanation.ts';

/** What the page was made by; enough to make it again. */
export function TraceFacts({ explained: { page, trace } }: { explained: Explained }) {
  const facts = [
    ['Layout', `${trace.layout.id}, version ${trace.layout.version}`],
    ['Strategy', trace.strategy],
    ['Statistics', trace.statisticsId],
    ['Seed', String(trace.seed)],
    ['Page', page.pageId],
  ] as const;
  return (
    <dl class="trace-facts">
      {facts.map(([name, value]) => (
        <div class="trace-fact" key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
