/**
 * Whether pull endpoints may be on a host: exact names or addresses, with or without a port. An empty list allows none.
 * undici follows no redirects, so what is checked is what is called.
 */
export function createAllowList(hosts: readonly string[]): (endpoint: string) => boolean {
  const allowed = new Set(hosts.map((host) => host.toLowerCase()));
  return (endpoint) => {
    if (!URL.canParse(endpoint)) return false;
    const { host, hostname, username, password } = new URL(endpoint);
    return username === '' && password === '' && (allowed.has(host) || allowed.has(hostname));
  };
}
