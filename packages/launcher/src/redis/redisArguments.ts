/**
 * The settings of a private redis-server or valkey-server. `appendfsync always`: what was acknowledged is on disk; with
 * `everysec` a write may wait up to two seconds behind a slow fsync and is lost when the server is killed. Commands
 * of one event loop turn share a sync. `noeviction`: better refuse a publication than lose an acknowledged one.
 */
export function redisArguments(port: number, dataDir: string): string[] {
  return [
    ...['--bind', '127.0.0.1'],
    ...['--port', String(port)],
    ...['--protected-mode', 'yes'],
    ...['--daemonize', 'no'],
    ...['--dir', dataDir],
    ...['--appendonly', 'yes'],
    ...['--appendfsync', 'always'],
    ...['--save', ''],
    ...['--maxmemory-policy', 'noeviction'],
    ...['--loglevel', 'warning'],
  ];
}
