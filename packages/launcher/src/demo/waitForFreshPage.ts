import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** The little of a page that is looked at; the whole shape is in the contracts package. */
const Page = z.object({
  placements: z.array(z.object({ widget: z.object({ provenance: z.string() }) })),
});

const ASK_EVERY_MS = 100;

/** Waits until the homepage shows something a source brought; false when that takes longer than `timeoutMs`. */
export async function waitForFreshPage(
  mediatorUrl: string,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<boolean> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  while (!until.aborted) {
    if (await isFresh(`${mediatorUrl}/v1/homepage?device=web`, until)) return true;
    await delay(ASK_EVERY_MS, undefined, { signal: until }).catch(() => {});
  }
  signal.throwIfAborted();
  return false;
}

async function isFresh(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { signal });
    const page = Page.safeParse(await response.json());
    return (
      response.ok && page.success && page.data.placements.some(({ widget }) => widget.provenance === 'fresh')
    );
  } catch {
    return false;
  }
}
