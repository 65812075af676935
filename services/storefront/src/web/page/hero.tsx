import type { FilledPlacement, PageItem } from '@widget-mediator/contracts';
import { useId } from 'preact/hooks';
import { duration, factsLine, filmFacts } from '../../poster/filmFacts.ts';
import { planPoster } from '../../poster/posterPlan.ts';
import { Poster } from '../poster/poster.tsx';
import { ItemLink } from './itemLink.tsx';
import { ProgressBar, RatingBadge, SponsoredLabel } from './marks.tsx';
import { PlacementHead } from './placementHead.tsx';
import { BOTH_WAYS, useRoving } from './useRoving.ts';

/** The first item large with its facts, the others beside it as a bill. */
export function Hero({ placement }: { placement: FilledPlacement }) {
  const headingId = useId();
  const { title, items } = placement.widget;
  const [lead, ...others] = items;
  const { group, onKeyDown, onFocusIn, tabIndex } = useRoving<HTMLDivElement>(BOTH_WAYS);
  return (
    <section class="placement placement-hero" aria-labelledby={headingId}>
      <PlacementHead placement={placement} headingId={headingId} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move focus between the links inside. */}
      <div
        class={others.length > 0 ? 'hero' : 'hero hero-alone'}
        ref={group}
        onKeyDown={onKeyDown}
        onFocusIn={onFocusIn}
      >
        {lead && <Lead item={lead} tabIndex={tabIndex(0)} />}
        {others.length > 0 && (
          <ul class="hero-bill" aria-label={`More in ${title}`}>
            {others.map((item, index) => (
              <li key={item.id}>
                <BillCard item={item} tabIndex={tabIndex(index + 1)} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

type CardProps = { item: PageItem; tabIndex: number };

function Lead({ item, tabIndex }: CardProps) {
  const facts = filmFacts(item);
  const { id, title } = item;
  const { year, genre, director, rating, runtimeMinutes, mpaa } = facts;
  const { palette } = planPoster({ id, title, genre, year });
  const rows = [year, runtimeMinutes && duration(runtimeMinutes), mpaa].filter(Boolean);
  return (
    <ItemLink item={item} facts={facts} className="hero-lead" tabIndex={tabIndex}>
      <span class="lead-sheet" style={{ background: palette.ground, color: palette.ink }}>
        <span class="lead-text">
          <SponsoredLabel item={item} />
          {genre && genre !== 'Unclassified' && <span class="lead-genre">{genre}</span>}
          <span class={title.length > 26 ? 'lead-title lead-title-long' : 'lead-title'}>{title}</span>
          {director && <span class="lead-director">directed by {director}</span>}
          <span class="lead-facts">
            {rating !== undefined && <span class="lead-rating">★ {rating.toFixed(1)}</span>}
            {rows.join(' · ')}
          </span>
        </span>
        <Poster id={id} title={title} genre={genre} year={year} crop="picture" />
        <ProgressBar facts={facts} />
      </span>
    </ItemLink>
  );
}

function BillCard({ item, tabIndex }: CardProps) {
  const facts = filmFacts(item);
  return (
    <ItemLink item={item} facts={facts} className="bill-card" tabIndex={tabIndex}>
      <span class="bill-picture">
        <Poster id={item.id} title={item.title} genre={facts.genre} year={facts.year} crop="picture" />
        <ProgressBar facts={facts} />
      </span>
      <span class="bill-text">
        <span class="bill-title">{item.title}</span>
        <span class="bill-facts">{factsLine(facts)}</span>
        <SponsoredLabel item={item} />
      </span>
      <RatingBadge facts={facts} />
    </ItemLink>
  );
}
