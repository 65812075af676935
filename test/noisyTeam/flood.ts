import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * One team beyond all its budgets, as a process of its own: large publications, invalid ones, dry runs and cut-off JSON,
 * all at once, twice a second, over as many connections, whatever is answered. It floods while it is told to, and answers each
 * `stop` with how often which answer came.
 */
const [mediatorUrl = '', key = ''] = process.argv.slice(2);
const everyMs = 500;
const perTick = 200;
const connections = 256;

const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
let version = Date.now();
let inFlight = 0;
let sent = 0;
let counts: Record<string, number> = {};
let timer: NodeJS.Timeout | undefined;

const attributes = { synopsis: 'x'.repeat(100) };
const items = (count: number, title: string) =>
  Array.from({ length: count }, (_, n) => ({ id: `film-${n}`, title, attributes }));
/** About 33 KB each: little to read, much to validate. */
const largeItems = JSON.stringify(items(200, 'A film'));
const invalidItems = JSON.stringify(items(200, ''));

const kinds = {
  'noisy-large': () => `{"version":${version},"items":${largeItems}}`,
  'noisy-invalid': () => `{"version":${version},"items":${invalidItems}}`,
  'noisy-tried': () => `{"version":${version},"items":${largeItems}}`,
  'noisy-broken': () => `{"version":${version},"items":[`,
};

function send(widget: keyof typeof kinds): void {
  if (inFlight >= 4 * connections) return;
  inFlight += 1;
  version += 1;
  const body = kinds[widget]();
  const query = widget === 'noisy-tried' ? '?dryRun=true' : '';
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  const count = (outcome: string | number | undefined) => {
    inFlight -= 1;
    const name = `${widget} ${outcome}`;
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const url = `${mediatorUrl}/v1/widgets/${widget}/publications${query}`;
  const request = http.request(url, { method: 'POST', agent, headers });
  request.on('response', (response) => {
    response.resume();
    response.once('end', () => count(response.statusCode));
  });
  request.on('error', () => count('broken off'));
  request.end(body);
}

const widgets = ['noisy-large', 'noisy-large', 'noisy-invalid', 'noisy-tried', 'noisy-broken'] as const;

process.on('message', (message) => {
  clearInterval(timer);
  if (message === 'start') {
    timer = setInterval(() => {
      for (let n = 0; n < perTick; n += 1) {
        sent += 1;
        send(widgets[sent % widgets.length] ?? 'noisy-large');
      }
    }, everyMs);
    return;
  }
  void tell();
});

/** Once all that was sent is answered. */
async function tell(): Promise<void> {
  while (inFlight > 0) await delay(10);
  process.send?.(counts);
  counts = {};
}
process.on('disconnect', () => process.exit());
