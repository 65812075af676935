/**
 * Aborted by SIGTERM, SIGINT, or the parent's going away: a launcher that is killed leaves no orphans. The signals stay
 * handled, because Ctrl-C reaches a child twice: from the terminal and from its launcher.
 */
export function stopSignal(host: NodeJS.Process): AbortSignal {
  const stop = new AbortController();
  const onStop = () => {
    // While this is listened to, the channel to the parent keeps the process alive.
    host.off('disconnect', onStop);
    stop.abort(new Error('stopped'));
  };
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) host.on(event, onStop);
  return stop.signal;
}
