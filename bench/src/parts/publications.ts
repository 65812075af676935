import type { BenchOptions } from '../options.ts';
import { measureAdmission } from '../publications/measureAdmission.ts';
import { measureBeside } from '../publications/measureBeside.ts';
import { measureHostile } from '../publications/measureHostile.ts';
import { measureStored } from '../publications/measureStored.ts';
import { measureUsers } from '../publications/measureUsers.ts';
import { measureVisibility } from '../publications/measureVisibility.ts';
import { startElsewhere, startFollower, startPublications } from '../publications/startPublications.ts';
import { publicationFigures } from '../report/publicationFigures.ts';
import type { Part } from './part.ts';

/** What publishing costs, when it is seen, what is held of it, and what it does to pages meanwhile. */
export function publications({ plan: { publications: plan } }: BenchOptions): Part {
  return {
    turns: 8,
    async measure({ stage, instruments, onTurn }) {
      const { widgets, audiences } = plan.stored;
      onTurn(`publications: registering ${widgets} widgets`);
      const started = await startPublications(stage, plan);
      onTurn('publications: beside pages');
      const elsewhere = await startElsewhere(stage, started.publishers, plan);
      const beside = await measureBeside(instruments, started, { elsewhere, plan });
      await elsewhere.stop();
      onTurn('publications: pages beside hostile bodies');
      const hostile = await measureHostile(instruments, started, plan);
      onTurn('publications: as fast as they are acknowledged');
      const admission = await measureAdmission(stage, started, { plan, inLines: false });
      onTurn('publications: the same in lines');
      const inLines = await measureAdmission(stage, started, { plan, inLines: true });
      onTurn('publications: when another mediator shows them');
      const second = await startFollower(stage, 'second');
      const visibleUs = await measureVisibility(started, { second, plan });
      onTurn(`publications: publishing ${widgets * audiences}, and starting with all of them`);
      const stored = await measureStored(stage, started, { second, plan });
      onTurn(`publications: for ${10 ** plan.users.digits} single users, and their pages`);
      const users = await measureUsers(stage, instruments, { started, second, plan });
      const found = { stored, users, admission, inLines, visibleUs, beside, hostile };
      return { publications: [publicationFigures(found, plan)] };
    },
  };
}
