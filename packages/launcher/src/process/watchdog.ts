import { groupExists, signalGroup } from './signalGroup.ts';

/*
 * A process of its own, told over IPC which process groups live. Its channel closes when whoever started it is gone,
 * even by SIGKILL or a crash; then it stops those groups, so that nothing is left running. It covers children that
 * know nothing of us (redis-server) as well as ours.
 */

const GRACE_MS = 2_000;
const LOOK_EVERY_MS = 50;
const groups = new Set<number>();

process.on('message', (message: unknown) => {
  if (typeof message !== 'object' || message === null) return;
  if ('watch' in message && typeof message.watch === 'number') groups.add(message.watch);
  if ('forget' in message && typeof message.forget === 'number') groups.delete(message.forget);
});

process.once('disconnect', () => {
  for (const pid of groups) signalGroup(pid, 'SIGTERM');
  const killAt = performance.now() + GRACE_MS;
  const look = setInterval(() => {
    const left = [...groups].filter(groupExists);
    if (left.length > 0 && performance.now() < killAt) return;
    for (const pid of left) signalGroup(pid, 'SIGKILL');
    clearInterval(look);
  }, LOOK_EVERY_MS);
});
