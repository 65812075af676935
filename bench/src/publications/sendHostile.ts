import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { nowMs } from '../load/nowMs.ts';
import { ask } from './ask.ts';
import { type HostileBody, hostileBodies } from './hostileBodies.ts';
import { faultsKept, HostileSending, type HostileSent, type Target } from './publishing.ts';

/** One kind after the other, over all calls, so that all are sent as often. */
const kinds = inTurn();
/** Publishing is refused before pages are, whatever is in it. */
const shedStatus = 503;
/** A team whose bodies are mostly faulty is not heard for a while. */
const budgetStatus = 429;

/** Sends hostile bodies at the rate that it is told, whatever becomes of those before. */
export async function sendHostile(details: unknown): Promise<HostileSent> {
  const { port, target, connections, seconds, perSecond, budgeted } = HostileSending.parse(details);
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const startMs = nowMs();
  const total = Math.round(seconds * perSecond);
  const faults: string[] = [];
  let sent = 0;
  let refused = 0;

  async function sendNext(): Promise<void> {
    while (sent < total) {
      const dueMs = startMs + (sent / perSecond) * 1_000;
      const { value: body } = kinds.next();
      sent += 1;
      if (dueMs > nowMs()) await delay(dueMs - nowMs());
      const { status, said } = await send(agent, { port, target }, body);
      if (status === body.status || (budgeted && status === budgetStatus)) refused += 1;
      else if (status !== shedStatus && faults.length < faultsKept)
        faults.push(`${said}, and not ${body.status}, to ${body.name}`);
    }
  }

  await Promise.all(Array.from({ length: connections }, sendNext));
  agent.destroy();
  return { refused, tookMs: nowMs() - startMs, faults };
}

function* inTurn(): Generator<HostileBody, never> {
  for (;;) yield* hostileBodies;
}

/** What it was answered with, and the same in words; none is an answer as well. */
async function send(
  agent: http.Agent,
  { port, target: { widget, key } }: { readonly port: number; readonly target: Target },
  { bytes, headers: ownHeaders }: HostileBody,
): Promise<{ readonly status: number | undefined; readonly said: string }> {
  const path = `/v1/widgets/${widget}/publications`;
  const headers = { authorization: `Bearer ${key}`, ...ownHeaders };
  try {
    const { status, body } = await ask(agent, { port, path, method: 'POST', headers }, bytes);
    return { status, said: `answered with ${status} (${body.slice(0, 200)})` };
  } catch (error) {
    return { status: undefined, said: `did not answer (${String(error)})` };
  }
}
