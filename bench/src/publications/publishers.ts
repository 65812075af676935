/* The recommender teams: a process of its own, so that what they cost is nobody else's. */
import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { nowMs } from '../load/nowMs.ts';
import { answerQuestions } from '../processes/answerQuestions.ts';
import { filmList } from '../scenarios/filmLists.ts';
import { type Answer, ask } from './ask.ts';
import {
  Following,
  faultsKept,
  itemsPublished,
  type Published,
  Publishing,
  type Target,
  titleForUser,
} from './publishing.ts';
import { sendHostile } from './sendHostile.ts';

/** Less than a mediator asks for, so that it stays pressed. */
const shedPauseMs = 100;
const lists = Array.from({ length: 50 }, (_, source) => JSON.stringify(filmList(source, itemsPublished)));

/** Grows with every publication of this process, so that no version is older than the one before it. */
let lastVersion = 0;

answerQuestions({
  async publish(details): Promise<Published> {
    const { port, targets, connections, lines, seconds, publications, perSecond } = Publishing.parse(details);
    const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
    const startMs = nowMs();
    const endMs = seconds === undefined ? Number.POSITIVE_INFINITY : startMs + seconds * 1_000;
    const published = { acknowledged: 0, shed: 0, latenciesUs: [] as number[], faults: [] as string[] };
    let sent = 0;

    async function publishNext(): Promise<void> {
      for (;;) {
        const number = sent;
        if (number >= (publications ?? Number.POSITIVE_INFINITY) + published.shed) return;
        const dueMs = perSecond === undefined ? nowMs() : startMs + (number / perSecond) * 1_000;
        if (dueMs >= endMs) return;
        const at = number % targets.length;
        const together = targets.slice(at, at + lines);
        sent += together.length;
        if (dueMs > nowMs()) await delay(dueMs - nowMs());
        const { status, body, acknowledged, shed } = await publishTo(agent, port, together);
        published.acknowledged += acknowledged;
        published.shed += shed;
        if (acknowledged === together.length) {
          published.latenciesUs.push(Math.round((nowMs() - dueMs) * 1_000));
        } else if (acknowledged + shed === together.length) {
          await delay(shedPauseMs);
        } else if (published.faults.length < faultsKept) {
          published.faults.push(`answered a publication with ${status}: ${body.slice(0, 200)}`);
        }
      }
    }

    await Promise.all(Array.from({ length: connections }, publishNext));
    agent.destroy();
    return { ...published, tookMs: nowMs() - startMs };
  },

  /** By publication, how long after its acknowledgement a page of the other mediator first showed it, in microseconds. */
  async follow(details): Promise<number[]> {
    const { publishPort, pagePort, target, times, withinMs } = Following.parse(details);
    const agent = new http.Agent({ keepAlive: true });
    const visibleUs: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const { status, body, version, acknowledged } = await publishTo(agent, publishPort, [target]);
      const sinceMs = nowMs();
      if (acknowledged === 0) throw new Error(`answered a publication with ${status}: ${body.slice(0, 200)}`);
      const shown = `"id":"${target.widget}","version":${version},`;
      while (!(await ask(agent, { port: pagePort, path: '/v1/homepage' })).body.includes(shown)) {
        if (nowMs() - sinceMs > withinMs)
          throw new Error(`waited ${withinMs} ms for a publication on a page`);
        await delay(1);
      }
      visibleUs.push(Math.round((nowMs() - sinceMs) * 1_000));
    }
    agent.destroy();
    return visibleUs;
  },

  sendHostile,
});
process.once('disconnect', () => process.exit());

/** One as JSON, several as lines, which must be of one widget. */
async function publishTo(
  agent: http.Agent,
  port: number,
  targets: readonly Target[],
): Promise<Answer & { readonly version: number; readonly acknowledged: number; readonly shed: number }> {
  const [{ widget, key }] = targets as [Target];
  const body = targets.map(publicationFor).join('\n');
  // Others publish meanwhile.
  const version = lastVersion;
  const isOne = targets.length === 1;
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': isOne ? 'application/json' : 'application/x-ndjson',
    'content-length': Buffer.byteLength(body),
  };
  const path = `/v1/widgets/${widget}/publications`;
  const answer = await ask(agent, { port, path, method: 'POST', headers }, body);
  const linesWith = (status: number) =>
    answer.body.split(`"line":`).filter((line) => line.includes(`,"status":${status},`)).length;
  const acknowledged = isOne ? Number(answer.status === 202) : linesWith(202);
  // The whole of it, or line by line once it has begun.
  const shed = answer.status === 503 ? targets.length : linesWith(503);
  return { version, acknowledged, shed, ...answer };
}

function publicationFor(target: Target): string {
  lastVersion += 1;
  return `{"version":${lastVersion},${audienceOf(target)}"items":${lists[lastVersion % lists.length]}}`;
}

function audienceOf({ segment, user }: Target): string {
  if (user !== undefined) return `"title":"${titleForUser}","audience":{"type":"user","user":"${user}"},`;
  return segment === undefined ? '' : `"audience":{"type":"segment","segment":"${segment}"},`;
}
