import { setTimeout as delay } from 'node:timers/promises';
import { publicationOf, publish } from './callHouse.ts';
import type { House } from './house.ts';

/** Requests that go on while something happens to the house. */
export interface Load {
  /** Stops, and tells how many requests were answered, and how often what failed. */
  stop(): Promise<{ readonly answered: number; readonly failures: Readonly<Record<string, number>> }>;
}

const pauseMs = 10;
const pauseOfTeamMs = 100;
const users = 4;
const resendings = 5;

/** Viewers who ask for a page of their own, again and again, one who asks as nobody, and a team that publishes to `widget`. */
export function startLoad(house: House, widget: string): Load {
  const failures: Record<string, number> = {};
  let answered = 0;
  let stopping = false;
  let version = Date.now();

  const page = async (query: string, headers: Record<string, string>) => {
    const answer = await fetch(`${house.mediatorUrl}/v1/homepage?${query}`, { headers });
    const { placements } = (await answer.json()) as { placements?: unknown[] };
    return answer.status === 200 && placements?.length === 8
      ? undefined
      : `page ${answer.status} with ${placements?.length} placements`;
  };
  const asked = Array.from({ length: users }, (_, user) => () => {
    const headers = { authorization: `Bearer ${house.keys.operator}` };
    return page(`user=viewer-${user}&device=phone&deadlineMs=150`, headers);
  });
  // Each is another address, so that the proxy's cache does not answer.
  const anonymous = () => page(`deadlineMs=${100 + (answered % 1_000)}`, {});
  /** On a busy machine publishing is shed so that pages go on: it is sent again when the mediator says, as the SDK does. */
  const publishPatiently = async (): Promise<Response> => {
    for (let left = resendings; ; left -= 1) {
      const answer = await publish(house, widget, publicationOf(version, 6));
      const isShed = answer.status === 503 && (await answer.clone().text()).includes('problem:overloaded');
      if (!isShed || left === 0) return answer;
      await delay(1_000 * Number(answer.headers.get('retry-after')));
    }
  };
  const publishing = async () => {
    version += 1;
    const answer = await publishPatiently();
    return answer.ok ? undefined : `publication ${answer.status}: ${await answer.text()}`;
  };

  const repeat = async (ask: () => Promise<string | undefined>, everyMs: number) => {
    while (!stopping) {
      const failure = await ask().catch((error: unknown) => `broken off: ${String(error)}`);
      if (failure === undefined) answered += 1;
      else failures[failure] = (failures[failure] ?? 0) + 1;
      await delay(everyMs);
    }
  };
  const running = [
    ...[...asked, anonymous].map((ask) => repeat(ask, pauseMs)),
    repeat(publishing, pauseOfTeamMs),
  ];
  return {
    async stop() {
      stopping = true;
      await Promise.all(running);
      return { answered, failures };
    },
  };
}
