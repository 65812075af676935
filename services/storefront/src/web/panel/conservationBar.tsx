import { conservation, type Segment } from '../../explain/conservation.ts';
import type { VerdictMeanings } from '../../explain/verdictMeanings.ts';
import type { Explained } from './useExplanation.ts';

/** What became of every item: a stacked bar, with its numbers as text beside it. */
export function ConservationBar({ explained: { trace, meanings } }: { explained: Explained }) {
  const { received, segments, missing } = conservation(trace.conservation);
  return (
    <section class="panel-section" aria-labelledby="conservation-title">
      <h3 class="panel-subtitle" id="conservation-title">
        Every item accounted for
      </h3>
      <p class="panel-sum">{sum(received, segments)}</p>
      <div class="conservation" aria-hidden="true">
        {segments.map((segment, index) => (
          <span
            key={segment.code}
            class={`conservation-part ${colour(segment, index)}`}
            style={{ flexGrow: segment.share }}
          />
        ))}
      </div>
      <ul class="legend">
        {segments.map((segment, index) => (
          <li class="legend-entry" key={segment.code}>
            <span class={`legend-swatch ${colour(segment, index)}`} aria-hidden="true" />
            <span class="legend-count">{segment.count}</span>
            <span class="legend-text">{legend(segment, meanings)}</span>
          </li>
        ))}
      </ul>
      {missing !== 0 && (
        <p class="panel-note">
          {Math.abs(missing)} {missing > 0 ? 'unaccounted for' : 'too many'}: that is a fault of the mediator.
        </p>
      )}
    </section>
  );
}

function sum(received: number, segments: readonly Segment[]): string {
  const parts = segments.map(({ kind, code, count }) =>
    kind === 'placed' ? `${count} placed` : kind === 'reserve' ? `${count} in reserve` : `${count} ${code}`,
  );
  return `${received} received = ${parts.join(' + ') || '0'}`;
}

function colour({ kind }: Segment, index: number): string {
  return kind === 'dropped' ? `part-dropped-${index % 4}` : `part-${kind}`;
}

function legend({ kind, code }: Segment, meanings: VerdictMeanings): string {
  if (kind === 'placed') return 'placed: shown on the page';
  if (kind === 'reserve') return 'in reserve: good, but there was no more room';
  const words = new Map(Object.entries(meanings)).get(code)?.meaning.toLowerCase();
  return `${code.replaceAll('-', ' ')}${words ? `: ${words.replace(/\.$/, '')}` : ''}`;
}
