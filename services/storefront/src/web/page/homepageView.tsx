import type { FilledPlacement } from '@widget-mediator/contracts';
import { useRef } from 'preact/hooks';
import type { HomepageState } from '../useHomepage.ts';
import { Failed } from './failed.tsx';
import { Hero } from './hero.tsx';
import { Row } from './row.tsx';
import { Skeleton } from './skeleton.tsx';

type Props = { state: HomepageState; persona: string; onRetry: () => void };

/** What a page usually is, to hold its place before the first one has been seen. */
const USUAL = ['hero', 'row', 'row', 'row', 'row', 'row'];

export function HomepageView({ state, persona, onRetry }: Props) {
  const shape = useRef<readonly string[]>(USUAL);
  switch (state.phase) {
    case 'loading':
      return <Skeleton kinds={shape.current} />;
    case 'failed':
      return <Failed failure={state.failure} onRetry={onRetry} />;
    case 'ready': {
      const { placements } = state.homepage.page;
      if (placements.length > 0) shape.current = placements.map(({ kind }) => kind);
      if (placements.length === 0) return <p class="empty">Nothing is on tonight: the page has no rows.</p>;
      return placements.map((placement) => (
        <Placement key={`${persona}/${placement.placement}/${placement.widget.id}`} placement={placement} />
      ));
    }
  }
}

/** A kind of placement that this page does not know is shown as a row: better plain than absent. */
function Placement({ placement }: { placement: FilledPlacement }) {
  return placement.kind === 'hero' ? <Hero placement={placement} /> : <Row placement={placement} />;
}
