import { Audience, type PublicationStatus, type Registration } from '@widget-mediator/contracts';
import { contentPlace } from '../store/contentPlace.ts';
import type { NamedPublication } from '../store/publicationId.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import { readStamp } from '../store/stamp.ts';
import { widgetKey } from '../store/widgetKey.ts';
import { HttpProblem } from './httpProblem.ts';
import { publicationStatus, type StatusParts } from './publicationStatus.ts';

export interface WithdrawalParts extends StatusParts {
  readonly publications: PublicationStore;
}

/** Takes content off all pages for good, at its team's wish. Both throw `HttpProblem` when there is nothing to take off. */
export interface Withdrawals {
  /** Whatever stands for the audience that the query names. */
  ofAudience(registration: Registration, query: object): Promise<PublicationStatus>;
  /** One publication, if it is the current one. */
  ofPublication(registration: Registration, named: NamedPublication): Promise<PublicationStatus>;
}

export function createWithdrawals(parts: WithdrawalParts): Withdrawals {
  return {
    async ofAudience(registration, query) {
      const widget = widgetKey(registration);
      const place = contentPlace(widget, parseAudience(query));
      const stamp = await parts.publications.withdraw({ place, widget, atMs: parts.now() });
      if (stamp === undefined) throw new HttpProblem('publication-unknown');
      return statusOf(registration, { widget, version: readStamp(stamp).version, place }, stamp);
    },

    async ofPublication(registration, named) {
      const stamp = await parts.publications.withdraw({ ...named, atMs: parts.now() });
      const current = stamp === undefined ? 0 : readStamp(stamp).version;
      if (stamp === undefined || current < named.version) throw new HttpProblem('publication-unknown');
      if (current > named.version)
        throw new HttpProblem('publication-superseded', { currentVersion: current });
      return statusOf(registration, named, stamp);
    },
  };

  function statusOf(registration: Registration, named: NamedPublication, stamp: string): PublicationStatus {
    const status = publicationStatus(parts, named, { registration, standing: { stamp, stored: undefined } });
    if (status === undefined) throw new HttpProblem('publication-unknown');
    return status;
  }
}

/** `audience=everyone`, `segment:<segment>` or `user:<user>`. */
function parseAudience(query: object): Audience {
  const { audience, ...others }: { audience?: unknown } = query;
  const [, type, name] = /^(everyone|segment|user)(?::(.*))?$/s.exec(String(audience)) ?? [];
  const parsed = Audience.safeParse(
    type === 'everyone' && name === undefined ? { type } : { type, segment: name, user: name },
  );
  if (Object.keys(others).length > 0 || !parsed.success || (type === 'everyone' && name !== undefined)) {
    throw new HttpProblem('validation-failed', {
      errors: [
        { pointer: '/audience', detail: 'must be everyone, segment:<segment> or user:<user>, and alone' },
      ],
    });
  }
  return parsed.data;
}
