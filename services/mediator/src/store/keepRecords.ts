import type { RecordStore } from './recordStore.ts';
import type { RecordFollower } from './recordWatch.ts';

/** The same follower, which loses nothing when the store does: what was there at the last load is put back first. */
export function keepRecords(
  records: Pick<RecordStore, 'readWhole' | 'isLost' | 'putBack' | 'follow'>,
  follower: RecordFollower,
): RecordFollower {
  const { kind } = follower;
  let last: Readonly<Record<string, string>> = {};
  return {
    ...follower,
    isLost: () => records.isLost(kind),
    async load(missed) {
      const found = await records.readWhole(kind);
      if (found.isLost) {
        const lost = Object.entries(last).filter(([subject]) => found.records[subject] === undefined);
        records.follow(kind, await records.putBack(kind, new Map(lost)));
      } else if (found.generation !== undefined) records.follow(kind, found.generation);
      await follower.load(missed);
      const loaded = await records.readWhole(kind);
      if (!loaded.isLost) last = loaded.records;
    },
  };
}
