import type { AuditKind, TeamId } from '@widget-mediator/contracts';
import type { Quota } from '../rate/quota.ts';
import type { Rated } from '../rate/rated.ts';
import type { ContentOwner, ContentPlace } from './contentPlace.ts';

/**
 * Every key the mediator uses. What is changed together shares a hash tag, so that the same commands work on
 * Redis Cluster: one widget's content, one user's content, one budget.
 */
export function createRedisKeys(prefix: string) {
  const tagged = (tag: string, name: string) => `${prefix}:{${tag}}:${name}`;
  return {
    /** Records of one kind; all kinds share a hash tag with their versions and with the audit log. */
    records: (kind: AuditKind) => tagged('registry', recordNames[kind]),
    versions: (kind: AuditKind, subject: string) => tagged('registry', `versions:${kind}:${subject}`),
    /** How many records of a kind each team has, by team; absent until they are counted. */
    owned: (kind: AuditKind) => tagged('registry', `owned:${kind}`),
    /** When content for everyone and for segments is over. */
    endings: tagged('endings', 'due'),
    audit: tagged('registry', 'audit'),
    userScoped: tagged('registry', 'user-scoped'),
    content: (owner: ContentOwner) => tagged(ownerTag(owner), 'content'),
    stamps: (owner: ContentOwner) => tagged(ownerTag(owner), 'stamps'),
    kept: ({ owner, field }: ContentPlace) => tagged(ownerTag(owner), `kept:${field}`),
    /** What a team has undertaken, and when each is forgotten. */
    undertakings: (team: TeamId) =>
      [tagged(`team:${team}`, 'undertakings'), tagged(`team:${team}`, 'undertakings-end')] as const,
    pageLog: tagged('statistics', 'page-log'),
    statistics: tagged('statistics', 'snapshot'),
    rate: (rated: Rated, { tokens, windowSeconds }: Quota) =>
      tagged(ratedTag(rated), `rate:${rated.of}:${tokens}/${windowSeconds}`),
    changes: `${prefix}:changes`,
    queuePrefix: `{${prefix}:jobs}`,
  };
}
export type RedisKeys = ReturnType<typeof createRedisKeys>;

const recordNames: Record<AuditKind, string> = {
  widget: 'registrations',
  key: 'keys',
  layout: 'layouts',
  takedown: 'takedowns',
  user: 'users',
};

const ownerTag = (owner: ContentOwner): string =>
  'widget' in owner ? `widget:${owner.widget}` : `user:${owner.userDigest}`;

const ratedTag = (rated: Rated): string =>
  'widget' in rated ? `widget:${rated.widget}` : `team:${rated.team}`;
