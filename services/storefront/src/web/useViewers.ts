import { useEffect, useState } from 'preact/hooks';
import { fetchViewers, type Viewer } from './fetchViewers.ts';

/** Those who can be chosen; `undefined` until they are known. Without them the page still works, unswitchable. */
export function useViewers(): readonly Viewer[] | undefined {
  const [viewers, setViewers] = useState<readonly Viewer[]>();
  useEffect(() => {
    const controller = new AbortController();
    fetchViewers(controller.signal).then(
      (fetched) => setViewers(fetched.ok ? fetched.body.personas : []),
      () => undefined, // aborted: the app is gone
    );
    return () => controller.abort();
  }, []);
  return viewers;
}
