import { createHash } from 'node:crypto';

/** The keys that the guides' readers hold, as `npm start` would print them. */
export const guideKeys = {
  team: 'wm_my-team_secret-of-the-guides-team',
  reader: 'wm_frontend_secret-of-the-guides-frontend',
  operator: 'wm_platform_secret-of-the-guides-platform',
} as const;

const entry = (id: string, key: string, scopes: readonly string[]) => ({
  id,
  team: id,
  scopes,
  sha256: createHash('sha256').update(key).digest('hex'),
});

/** The file that lets the mediator know them. */
export const guideKeysFile = {
  keys: [
    entry('my-team', guideKeys.team, ['publish']),
    entry('frontend', guideKeys.reader, ['read']),
    entry('platform', guideKeys.operator, ['read', 'operate']),
  ],
};
