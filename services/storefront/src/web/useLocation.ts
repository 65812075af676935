import { useEffect, useState } from 'preact/hooks';

/** What the address says: who looks, and how long the mediator has. Both can be shared as a link. */
export type Location = { readonly persona: string; readonly deadlineMs: number };

const DEFAULT_PERSONA = 'ada';
/** The contract's example; a layout may allow less. */
const DEFAULT_DEADLINE_MS = 150;

export function useLocation(): [Location, (persona: string) => void] {
  const [location, setLocation] = useState(read);
  useEffect(() => {
    const onBack = () => setLocation(read());
    addEventListener('popstate', onBack);
    return () => removeEventListener('popstate', onBack);
  }, []);
  const choose = (persona: string) => {
    const url = new URL(window.location.href);
    url.searchParams.set('persona', persona);
    history.pushState(null, '', url);
    setLocation(read());
  };
  return [location, choose];
}

function read(): Location {
  const query = new URLSearchParams(window.location.search);
  const deadlineMs = Number(query.get('deadlineMs'));
  return {
    persona: query.get('persona') ?? DEFAULT_PERSONA,
    deadlineMs: Number.isInteger(deadlineMs) && deadlineMs > 0 ? deadlineMs : DEFAULT_DEADLINE_MS,
  };
}
