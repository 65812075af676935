import type { Ports } from '../config.ts';
import { whyNotFree } from '../ports/findFreePort.ts';
import { portComplaint } from '../ports/portComplaint.ts';
import { StartFailure } from '../startFailure.ts';

/** Throws a StartFailure that names every port that cannot be used, before anything is started. */
export async function refuseTakenPorts(ports: Ports, recommenders: readonly string[]): Promise<void> {
  const claims = [
    { variable: 'STOREFRONT_PORT', first: ports.storefront, names: ['storefront'] },
    { variable: 'MEDIATOR_PORT', first: ports.mediator, names: ['mediator'] },
    { variable: 'RECOMMENDERS_PORT', first: ports.recommenders, names: recommenders },
  ];
  const asked = claims.filter((claim) => claim.first !== 0);
  const complaint = await portComplaint(asked, whyNotFree);
  if (complaint !== undefined) throw new StartFailure(complaint);
}
