/**
 * Whether pull endpoints may be on a host: exact names or addresses, with or without a port. An empty list allows none.
 * undici follows no redirects, so what is checked is what is called.
 */
export function createAllowList(hosts: readonly string[]): (endpoint: string) => boolean {
  // As URLs write them: in lower case, and without the port that is the scheme's own.
  const allowed = new Set(
    hosts.map((host) => (URL.canParse(`http://${host}`) ? new URL(`http://${host}`).host : host)),
  );
  return (endpoint) => {
    if (!URL.canParse(endpoint)) return false;
    const { host, hostname, username, password } = new URL(endpoint);
    return username === '' && password === '' && (allowed.has(host) || allowed.has(hostname));
  };
}
