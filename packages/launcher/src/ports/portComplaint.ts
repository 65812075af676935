/** A run of consecutive ports that one environment variable moves. */
export interface PortClaim {
  readonly variable: string;
  readonly first: number;
  /** Who listens, in order of the ports. */
  readonly names: readonly string[];
}

export type WhyNotFree = (port: number) => Promise<'taken' | 'not permitted' | undefined>;

/**
 * What keeps the claimed ports from being used, all of it in one text with a command that would do; undefined when
 * nothing does.
 */
export async function portComplaint(
  claims: readonly PortClaim[],
  whyNotFree: WhyNotFree,
): Promise<string | undefined> {
  const faults: { port: number; name: string; reason: string }[] = [];
  const claimedBy = new Map<number, string>();
  const toMove: PortClaim[] = [];
  for (const claim of claims) {
    const before = faults.length;
    for (const [index, name] of claim.names.entries()) {
      const port = claim.first + index;
      const other = claimedBy.get(port);
      const reason = other === undefined ? await whyNotFree(port) : `also asked for by ${other}`;
      claimedBy.set(port, other ?? name);
      if (reason !== undefined) faults.push({ port, name, reason });
    }
    if (faults.length > before) toMove.push(claim);
  }
  if (faults.length === 0) return undefined;
  const moves: string[] = [];
  for (const claim of toMove) {
    moves.push(`${claim.variable}=${await freeStart(claim, { claimedBy, whyNotFree })}`);
  }
  const sentences = faults.map(({ port, name, reason }) => `Port ${port} (${name}) is ${reason}`);
  const them = faults.length === 1 ? 'it' : 'them';
  const stop = faults.some(({ reason }) => reason === 'taken') ? `stop what uses ${them} or ` : '';
  // Several at once are most likely those of another demo, and two demos cannot share a data folder either.
  const folder = faults.length > 1 ? 'DATA_DIR=.data-2 ' : '';
  return `${sentences.join('.\n')}; ${stop}run ${folder}${moves.join(' ')} npm start`;
}

const STEP = 10;
const LAST_PORT = 65_535;

async function freeStart(
  claim: PortClaim,
  { claimedBy, whyNotFree }: { claimedBy: Map<number, string>; whyNotFree: WhyNotFree },
): Promise<number> {
  // Low ports need rights: 8080 rather than 90.
  const first = claim.first < 1024 ? claim.first + 8000 : claim.first + STEP;
  for (let start = first; start + claim.names.length <= LAST_PORT; start += STEP) {
    const ports = claim.names.map((_, index) => start + index);
    const reasons = await Promise.all(
      ports.map(async (port) => (claimedBy.has(port) ? 'claimed' : whyNotFree(port))),
    );
    if (reasons.some((reason) => reason !== undefined)) continue;
    for (const port of ports) claimedBy.set(port, claim.variable);
    return start;
  }
  return claim.first;
}
