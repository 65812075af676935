/** Whose turn it is to have a body parsed and validated, which nothing else can go on beside. */
export interface Turns {
  /** Resolves when so many bytes of `team` may be worked on; at once when nobody is. */
  take(team: string, bytes: number): Promise<void>;
}

/** What is worked on before the event loop gets to everything else that has come in: one body at least. */
const bytesPerTurn = 64 * 1024;

interface Waiting {
  readonly bytes: number;
  readonly begin: () => void;
}

/**
 * Large bodies that come at once would keep pages and other teams waiting for all of them. Here they are worked on one in
 * each turn of the event loop, the teams in rotation (Nagle 1987, "On Packet Switches with Infinite Storage": fair
 * queueing), so that who sends few waits for one of each team at most.
 *
 * @param nextTurn calls back once the event loop has been round
 */
export function createTurns(nextTurn: (begin: () => void) => void = setImmediate): Turns {
  /** In the order of their turns. */
  let teams = new Map<string, Waiting[]>();
  let room = bytesPerTurn;
  let isDue = false;

  return {
    async take(team, bytes) {
      if (teams.size === 0 && room > 0) {
        spend(bytes);
        return;
      }
      await new Promise<void>((begin) => {
        const queue = teams.get(team);
        if (queue === undefined) teams.set(team, [{ bytes, begin }]);
        else queue.push({ bytes, begin });
      });
    },
  };

  function spend(bytes: number): void {
    room -= bytes;
    if (isDue) return;
    isDue = true;
    nextTurn(beginTurn);
  }

  function beginTurn(): void {
    isDue = false;
    room = bytesPerTurn;
    for (const [team, queue] of teams) {
      if (room <= 0) return;
      teams.delete(team);
      const [first, ...others] = queue;
      // The team goes to the end; this loop comes to it again while there is room.
      if (others.length > 0) teams.set(team, others);
      if (first === undefined) continue;
      spend(first.bytes);
      first.begin();
    }
    // Nobody waits. Another map, so that the table of an old one does not keep who did (see `places.ts`).
    teams = new Map();
  }
}
