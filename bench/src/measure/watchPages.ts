import http from 'node:http';

/** CPU of the process while pages were made, each from its request to the end of its answer, in microseconds. */
export interface WatchedPages {
  readonly us: readonly number[];
  /** Left out: while they were made, the process turned to another request, and what that took would be in them. */
  readonly mixed: number;
}

/** Watches every page of this process until it is told to stop. What follows an answer, as cleaning up, is not in it. */
export function watchPages(path: string, cpuUs: () => number): () => WatchedPages {
  const us: number[] = [];
  let mixed = 0;
  let arrived = 0;
  const server = http.Server.prototype;
  const { emit } = server;
  server.emit = function watched(event: string | symbol, ...details: unknown[]): boolean {
    if (event !== 'request') return Reflect.apply(emit, this, [event, ...details]);
    arrived += 1;
    const [request, response] = details as [http.IncomingMessage, http.ServerResponse];
    if (!request.url?.startsWith(path)) return Reflect.apply(emit, this, [event, ...details]);
    const arrivedBefore = arrived;
    const { end } = response;
    response.end = ((...answer: Parameters<typeof end>) => {
      const ended = end.apply(response, answer);
      if (arrived === arrivedBefore) us.push(cpuUs() - before);
      else mixed += 1;
      return ended;
    }) as typeof end;
    const before = cpuUs();
    return Reflect.apply(emit, this, [event, ...details]);
  };
  return () => {
    server.emit = emit;
    return { us, mixed };
  };
}
