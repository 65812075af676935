import type { PageItem } from '@widget-mediator/contracts';
import { factsLine, filmFacts } from '../../poster/filmFacts.ts';
import { Poster } from '../poster/poster.tsx';
import { ItemLink } from './itemLink.tsx';
import { ProgressBar, RatingBadge, SponsoredLabel } from './marks.tsx';

export function FilmCard({ item, tabIndex }: { item: PageItem; tabIndex: number }) {
  const facts = filmFacts(item);
  return (
    <ItemLink item={item} facts={facts} className="card" tabIndex={tabIndex}>
      <span class="card-poster">
        <Poster id={item.id} title={item.title} genre={facts.genre} year={facts.year} />
        <SponsoredLabel item={item} />
        <RatingBadge facts={facts} />
        <ProgressBar facts={facts} />
      </span>
      <span class="card-meta">{factsLine(facts)}</span>
    </ItemLink>
  );
}
