import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Whether a sideways list is at one of its ends, and a way to turn it by a screenful. */
export function useScrollEnds(list: RefObject<HTMLElement | null>) {
  const [ends, setEnds] = useState({ atStart: true, atEnd: true });

  const measure = () => {
    const element = list.current;
    if (!element) return;
    const left = element.scrollLeft;
    const atStart = left <= 1;
    const atEnd = left + element.clientWidth >= element.scrollWidth - 1;
    setEnds((known) => (known.atStart === atStart && known.atEnd === atEnd ? known : { atStart, atEnd }));
  };
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const page = (direction: -1 | 1) => {
    const element = list.current;
    element?.scrollBy({ left: direction * element.clientWidth * 0.85 });
  };
  return { ...ends, measure, page };
}
