import { ownVerdict } from '@widget-mediator/composition';
import type { PublicationStatus, Registration } from '@widget-mediator/contracts';
import { freshnessAt, lifetimeOf } from '../intake/content.ts';
import { changeOf } from '../registry/changeOf.ts';
import { audienceKey, type ContentMemory } from '../registry/contentMemory.ts';
import type { Takedowns } from '../registry/takedowns.ts';
import type { UserContent } from '../registry/userContent.ts';
import { type NamedPublication, publicationId } from '../store/publicationId.ts';
import type { Standing } from '../store/publicationStore.ts';
import { readStamp } from '../store/stamp.ts';
import type { StoredPublication } from '../store/storedPublication.ts';

export interface StatusParts {
  readonly contents: ContentMemory;
  readonly users: UserContent;
  readonly takedowns: Pick<Takedowns, 'inForce'>;
  readonly now: () => number;
}

/** What has become of a publication, by what stands in its place now. Undefined when it never stood there. */
export function publicationStatus(
  { contents, users, takedowns, now }: StatusParts,
  named: NamedPublication,
  { registration, standing }: { readonly registration: Registration; readonly standing: Standing },
): PublicationStatus | undefined {
  const { version, admittedAtMs, withdrawnAtMs } = readStamp(standing.stamp);
  const { manifest } = registration;
  const { id: widget, owner } = manifest.metadata;
  const common = {
    publication: publicationId(named),
    widget,
    version: named.version,
    ...audienceOf(named),
  };
  if (version < named.version) return undefined;
  if (version > named.version) {
    return { ...common, state: 'superseded', served: false, currentVersion: version };
  }
  const admitted = { ...common, admittedAt: isoTime(admittedAtMs) };
  if (withdrawnAtMs !== undefined) {
    return { ...admitted, state: 'withdrawn', served: false, withdrawnAt: isoTime(withdrawnAtMs) };
  }
  const { stored } = standing;
  if (stored === undefined) return { ...admitted, state: 'expired', served: false };
  const lifetime = lifetimeOf(manifest, stored.publication, stored.admittedAtMs);
  const nowMs = now();
  const freshness = freshnessAt(lifetime, nowMs);
  const isUsable = freshness === 'fresh' || freshness === 'stale';
  const withheld = ownVerdict(manifest, nowMs) ?? takedowns.inForce(nowMs)?.verdictOn(widget, owner);
  return {
    ...admitted,
    state: freshness === 'expired' ? 'expired' : 'stored',
    served: isUsable && withheld === undefined && isInMemory(stored),
    ...(withheld && { withheld }),
    ...(lifetime.validFromMs > 0 && { validFrom: isoTime(lifetime.validFromMs) }),
    freshUntil: isoTime(lifetime.freshUntilMs),
    staleUntil: isoTime(lifetime.staleUntilMs),
  };

  /** What is for one user is read when that user comes, unless it is remembered from the last time. */
  function isInMemory({ publication: { audience } }: StoredPublication): boolean {
    if (audience.type === 'user') {
      const remembered = users.cached(audience.user);
      return (
        users.isUsed() && (remembered === undefined || remembered.get(widget)?.candidate.version === version)
      );
    }
    const held = contents.held(widget).get(audienceKey(audience));
    return held?.stamp === standing.stamp && held.change === changeOf(registration);
  }
}

function audienceOf({ place: { owner, field } }: NamedPublication) {
  if ('userDigest' in owner) return { audience: 'user' } as const;
  if (field === 'everyone') return { audience: 'everyone' } as const;
  return { audience: 'segment', segment: field.slice('segment:'.length) } as const;
}

const isoTime = (ms: number): string => new Date(ms).toISOString();
