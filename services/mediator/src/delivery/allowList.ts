/**
 * Whether pull endpoints may be on a host: exact names or addresses; with a port, only on that one. An empty list allows
 * none. undici follows no redirects, so what is checked is what is called.
 */
export function createAllowList(hosts: readonly string[]): (endpoint: string) => boolean {
  const allowed = new Set(hosts.map(asUrlsWriteIt));
  return (endpoint) => {
    if (!URL.canParse(endpoint)) return false;
    const { protocol, hostname, port, username, password } = new URL(endpoint);
    const effectivePort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
    const isAllowed = allowed.has(hostname) || allowed.has(`${hostname}:${effectivePort}`);
    return username === '' && password === '' && isAllowed;
  };
}

/** In lower case, addresses in their normal form; the port stays, the scheme's own too. */
function asUrlsWriteIt(entry: string): string {
  const [, name = entry, port = ''] = /^(.*?)(:\d+)?$/.exec(entry) ?? [];
  return (URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : name) + port;
}
