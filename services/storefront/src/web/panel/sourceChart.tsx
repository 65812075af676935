import type { Names } from '../../explain/names.ts';
import { type SourceTiming, sourceTimings } from '../../explain/sourceTimings.ts';
import type { Explained } from './useExplanation.ts';

type Props = { explained: Explained; names: Names };

/** What every source did, and for how long, against the page's deadline. */
export function SourceChart({ explained: { page, trace, deadlineMs }, names }: Props) {
  const { sources, deadlineShare } = sourceTimings(page, trace, { names, deadlineMs });
  const placed = sources.filter(({ position }) => position !== undefined);
  const others = sources.filter(({ position }) => position === undefined);
  const line = { left: `${deadlineShare * 100}%` };
  return (
    <section class="panel-section" aria-labelledby="sources-title">
      <h3 class="panel-subtitle" id="sources-title">
        On the page
      </h3>
      <p class="panel-hint">
        Bars are milliseconds until the source answered; the line is the page’s deadline, {deadlineMs} ms.
      </p>
      <ol class="sources">
        {placed.map((source) => (
          <Source key={source.widget} source={source} line={line} />
        ))}
      </ol>
      {others.length > 0 && (
        <>
          <h4 class="panel-caption">Asked, but not on the page</h4>
          <ul class="sources">
            {others.map((source) => (
              <Source key={source.widget} source={source} line={line} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Source({ source, line }: { source: SourceTiming; line: { left: string } }) {
  const { title, placement, position, score, outcome, items, durationMs, share } = source;
  const facts = [
    placement,
    score !== undefined && `score ${score.toPrecision(3)}`,
    items !== undefined && (items === 1 ? '1 item' : `${items} items`),
  ].filter(Boolean);
  return (
    <li class="source">
      <span class="source-position">{position ?? '–'}</span>
      <span class="source-title">{title}</span>
      <span class="source-ms">{durationMs === undefined ? 'not asked' : `${format(durationMs)} ms`}</span>
      <span class="source-track" aria-hidden="true">
        <span
          class={`source-bar tone-${tone(outcome)}`}
          style={{ width: `${Math.max(0.6, share * 100)}%` }}
        />
        <span class="source-line" style={line} />
      </span>
      <span class="source-facts">
        {outcome && <span class={`tone-mark tone-${tone(outcome)}`}>{outcome.replaceAll('-', ' ')}</span>}
        {facts.join(' · ')}
      </span>
    </li>
  );
}

const TONES = ['fresh', 'stale', 'fallback', 'editorial', 'abstained'];

/** Whatever is neither a provenance nor a healthy abstention is a reason why nothing came. */
function tone(outcome: string | undefined): string {
  if (outcome === undefined) return 'none';
  return TONES.includes(outcome) ? outcome : 'fault';
}

function format(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : String(Math.round(ms));
}
