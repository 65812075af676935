import type { PageItem } from '@widget-mediator/contracts';
import type { ComponentChildren } from 'preact';
import { type FilmFacts, spokenCard } from '../../poster/filmFacts.ts';

type Props = {
  item: PageItem;
  facts: FilmFacts;
  className: string;
  tabIndex: number;
  children: ComponentChildren;
};

/**
 * A card as one link, whose name is a sentence instead of the scattered texts of its picture. Without a URL it stays a
 * stop for the keyboard, as a link that leads nowhere (ARIA in HTML).
 */
export function ItemLink({ item, facts, className, tabIndex, children }: Props) {
  const shared = { class: className, tabIndex, title: item.title, 'data-roving': item.id };
  const content = (
    <>
      <span class="visually-hidden">{spokenCard(item, facts)}</span>
      <span class="card-face" aria-hidden="true">
        {children}
      </span>
    </>
  );
  if (item.url === undefined) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: an <a> without href is no link to assistive technology.
      // biome-ignore lint/a11y/useFocusableInteractive: tabIndex is among the shared attributes.
      <span role="link" aria-disabled="true" {...shared}>
        {content}
      </span>
    );
  }
  return (
    <a href={item.url} target="_blank" rel="noopener noreferrer" {...shared}>
      {content}
    </a>
  );
}
