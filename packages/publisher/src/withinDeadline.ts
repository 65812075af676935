/**
 * What `work` comes to, unless `signal` is aborted before: then it rejects with the signal's reason, at once, and whatever
 * comes of the work is nobody's.
 */
export function withinDeadline<T>(signal: AbortSignal, work: () => T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    // Also what it throws before it first waits.
    void (async () => work())().then(resolve, reject);
  });
}
