const passedOn = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'TZ',
  'NODE_ENV',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
] as const;

/** What a child gets of our environment: enough to run, nothing that happens to be a secret of somebody else. */
export function childEnvironment(ours: Readonly<NodeJS.ProcessEnv>): Record<string, string> {
  return Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = ours[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
