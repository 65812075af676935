import type { Supervisable, Supervised } from '../process/supervise.ts';

/** Who needs whom: a higher tier is stopped before a lower one. */
export const tiers = { store: 0, mediator: 1, edge: 2 } as const;
export type Tier = (typeof tiers)[keyof typeof tiers];

interface Member {
  readonly name: string;
  readonly tier: Tier;
  readonly supervised: Supervised<Supervisable>;
}

/** Everything that was started so far. */
export interface Crew {
  readonly add: (member: Member) => void;
  readonly processes: () => readonly { readonly name: string; readonly pid: number }[];
  /** Stops all, tier by tier; may be called again. */
  readonly stop: () => Promise<void>;
}

export function createCrew(): Crew {
  const members: Member[] = [];
  const stopAll = async (): Promise<void> => {
    for (const tier of [tiers.edge, tiers.mediator, tiers.store]) {
      const those = members.filter((member) => member.tier === tier);
      await Promise.all(those.map((member) => member.supervised.stop()));
    }
  };
  return {
    add(member) {
      members.push(member);
    },
    processes: () => members.map(({ name, supervised }) => ({ name, pid: supervised.current().pid })),
    stop: stopAll,
  };
}
