import { useRef, useState } from 'preact/hooks';

type Keys = { readonly back: readonly string[]; readonly on: readonly string[] };

export const HORIZONTAL: Keys = { back: ['ArrowLeft'], on: ['ArrowRight'] };
export const BOTH_WAYS: Keys = { back: ['ArrowLeft', 'ArrowUp'], on: ['ArrowRight', 'ArrowDown'] };

/**
 * Roving tabindex (WAI-ARIA Authoring Practices): the group is one tab stop, arrow keys, Home and End move within it,
 * and it remembers where one was.
 */
export function useRoving<E extends HTMLElement>(keys: Keys) {
  const group = useRef<E>(null);
  const [current, setCurrent] = useState(0);
  const items = () => [...(group.current?.querySelectorAll<HTMLElement>('[data-roving]') ?? [])];

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = items();
    const at = focused(all);
    const to = target(event.key, keys, { at, last: all.length - 1 });
    const item = to === undefined ? undefined : all[to];
    if (at < 0 || !item) return;
    event.preventDefault();
    item.focus();
  };
  const onFocusIn = () => {
    const at = focused(items());
    if (at >= 0) setCurrent(at);
  };
  const tabIndex = (index: number) => (index === current ? 0 : -1);
  return { group, onKeyDown, onFocusIn, tabIndex };
}

/** Where the focus is, or -1. */
function focused(items: readonly Element[]): number {
  return document.activeElement ? items.indexOf(document.activeElement) : -1;
}

function target(key: string, { back, on }: Keys, { at, last }: { at: number; last: number }) {
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (back.includes(key)) return Math.max(0, at - 1);
  if (on.includes(key)) return Math.min(last, at + 1);
  return undefined;
}
