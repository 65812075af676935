/** Metrics of a Server-Timing header (W3C Server Timing): name → milliseconds. Names without `dur` are left out. */
export function parseServerTiming(header: string | null): ReadonlyMap<string, number> {
  // Commas inside a quoted description separate nothing.
  const parts = (header ?? '').match(/(?:[^,"]|"[^"]*")+/g) ?? [];
  const metrics = parts.flatMap((metric) => {
    const [name = '', ...parameters] = metric.split(';').map((part) => part.trim());
    const duration = parameters.find((parameter) => /^dur\s*=/i.test(parameter));
    const ms = Number(duration?.split('=')[1]?.replaceAll('"', ''));
    return name !== '' && duration !== undefined && Number.isFinite(ms) ? [[name, ms] as const] : [];
  });
  return new Map(metrics);
}

/** Added by our own server: the mediator's answer as seen from outside it. */
const ROUND_TRIP = 'roundtrip';

/** How long the mediator took by its own account, else as our server saw it, else as the browser did. */
export function mediatorMs(header: string | null, measuredMs: number): number {
  const metrics = parseServerTiming(header);
  const own = [...metrics].filter(([name]) => name !== ROUND_TRIP).map(([, ms]) => ms);
  const total = metrics.get('total') ?? (own.length > 0 ? Math.max(...own) : undefined);
  return total ?? metrics.get(ROUND_TRIP) ?? measuredMs;
}
