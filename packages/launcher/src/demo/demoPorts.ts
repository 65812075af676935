import type { Ports } from '../config.ts';
import { findFreePort } from '../ports/findFreePort.ts';

/** Where everything listens; recommenders by folder, in order. */
export interface DemoPorts {
  readonly storefront: number;
  readonly mediator: number;
  readonly recommenders: ReadonlyMap<string, number>;
}

/** Gives every service its port: the one asked for, or a free one where 0 is. */
export async function demoPorts(asked: Ports, recommenders: readonly string[]): Promise<DemoPorts> {
  const orFree = async (port: number) => (port === 0 ? findFreePort() : port);
  const entries: [string, number][] = [];
  for (const [index, name] of recommenders.entries()) {
    entries.push([name, asked.recommenders === 0 ? await findFreePort() : asked.recommenders + index]);
  }
  return {
    storefront: await orFree(asked.storefront),
    mediator: await orFree(asked.mediator),
    recommenders: new Map(entries),
  };
}
