import type { FilledPlacement } from '@widget-mediator/contracts';
import { useId } from 'preact/hooks';
import { FilmCard } from './filmCard.tsx';
import { PlacementHead } from './placementHead.tsx';
import { HORIZONTAL, useRoving } from './useRoving.ts';
import { useScrollEnds } from './useScrollEnds.ts';

export function Row({ placement }: { placement: FilledPlacement }) {
  const headingId = useId();
  const { title, items } = placement.widget;
  const { group, onKeyDown, onFocusIn, tabIndex } = useRoving<HTMLUListElement>(HORIZONTAL);
  const { atStart, atEnd, measure, page } = useScrollEnds(group);
  return (
    <section class="placement" aria-labelledby={headingId}>
      <PlacementHead placement={placement} headingId={headingId}>
        <span class="arrows">
          <Arrow label={`Earlier in ${title}`} sign="‹" disabled={atStart} onPress={() => page(-1)} />
          <Arrow label={`Further in ${title}`} sign="›" disabled={atEnd} onPress={() => page(1)} />
        </span>
      </PlacementHead>
      <ul class="cards" ref={group} onKeyDown={onKeyDown} onFocusIn={onFocusIn} onScroll={measure}>
        {items.map((item, index) => (
          <li class="card-place" key={item.id}>
            <FilmCard item={item} tabIndex={tabIndex(index)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type ArrowProps = { label: string; sign: string; disabled: boolean; onPress: () => void };

/** For pointers and voice; keyboards have the arrow keys, so this is no tab stop. */
function Arrow({ label, sign, disabled, onPress }: ArrowProps) {
  return (
    <button
      type="button"
      class="arrow"
      tabIndex={-1}
      aria-label={label}
      disabled={disabled}
      onClick={onPress}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}
