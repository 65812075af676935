import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BenchFailure } from '../benchFailure.ts';
import type { Load, Mark } from '../load/load.ts';
import type { CapturedPage } from '../peers/capturedPage.ts';
import type { Stage } from '../processes/stage.ts';
import type { Child } from '../processes/startChild.ts';
import { startMediator } from '../processes/startMediator.ts';
import { until } from '../processes/until.ts';
import { captureComplete, capturePage, inSomeTries, type PageRequest } from './capturePage.ts';
import { pageShape } from './pageLayout.ts';
import type { Peer, Scenario } from './scenario.ts';

/** A server that runs and has answered with a complete page. */
export interface Contestant {
  readonly name: string;
  readonly title: string;
  readonly scenario: Scenario;
  /** Absent: it is the mediator. */
  readonly peer?: Peer;
  readonly child: Child;
  readonly request: Pick<Load, 'port' | 'path' | 'headers' | 'connections'> & { readonly marks: Mark[] };
}

/** To one server, kept alive. */
export const usualConnections = 16;

/** Starts the scenario's sources, its mediator and its peers, and compares what they answer. The mediator comes first. */
export async function setUpScenario(stage: Stage, scenario: Scenario): Promise<readonly Contestant[]> {
  const { name, title, path } = scenario;
  const sources = scenario.sources === 0 ? undefined : startSources(stage, scenario);
  const origins = await originsOf(sources);
  const widgets = scenario.widgets(origins);
  const mediator = await startMediator(stage, scenario);
  await mediator.register(widgets);
  const headers = path.includes('user=') ? { authorization: `Bearer ${mediator.readKey}` } : {};
  const complete = Math.min(pageShape.lists, widgets.length);
  const lists: Mark = { text: '"items":[{', times: complete };
  /** Stale content or a failed source would be less work. */
  const allFresh = [
    lists,
    { text: '"provenance":"fresh"', times: complete },
    { text: '"degraded":[]', times: 1 },
  ];
  const { connections = usualConnections } = scenario;
  const asked = { port: mediator.port, path, headers, connections, marks: allFresh };
  const page = await captureFresh(asked);

  const pageFile = join(stage.folder, `${name}-page.json`);
  await writeFile(pageFile, JSON.stringify(page));
  const env = { PAGE_FILE: pageFile, REDIS_URL: stage.redisUrl, SOURCE_ORIGINS: origins.join(',') };
  const first = {
    name: `mediator-${name}`,
    title: `Widget Mediator, ${title}`,
    scenario,
    child: mediator.child,
  };
  const contestants: Contestant[] = [{ ...first, request: asked }];
  for (const peer of scenario.peers) {
    const child = stage.start({ name: peer.name, entry: `peers/${peer.entry}.js`, env });
    const [port = 0] = await child.ports();
    const request = { port, path, headers, connections, marks: [lists] };
    const answer = await captureComplete(request);
    if (peer.sameBytes) refuseDifference(peer, answer, page);
    contestants.push({ name: peer.name, title: peer.title, scenario, peer, child, request });
  }
  if (sources !== undefined) await refuseCached(contestants, sources);
  return contestants;
}

function startSources(stage: Stage, { name, sources }: Scenario): Child {
  const env = { SOURCES: `${sources}` };
  return stage.start({ name: `sources-of-${name}`, entry: 'load/stubSources.js', env });
}

/** Where the sources of one stub process are reached; none of none. */
export async function originsOf(sources: Child | undefined): Promise<readonly string[]> {
  return ((await sources?.ports()) ?? []).map((port) => `http://127.0.0.1:${port}`);
}

/** A page that was not made from all sources is another thing to measure. */
async function refuseCached(contestants: readonly Contestant[], sources: Child): Promise<void> {
  const askedSoFar = async () => z.int().parse(await sources.ask('asked'));
  for (const { name, request, scenario } of contestants) {
    const asked = await inSomeTries(async () => {
      const before = await askedSoFar();
      await capturePage(request);
      return (await askedSoFar()) - before;
    });
    if (asked !== scenario.sources) {
      throw new BenchFailure(
        `${name} asked ${asked} of ${scenario.sources} sources for the page of a new viewer.`,
      );
    }
  }
}

/** A complete page of the mediator; each must be made anew, for a page out of a cache is another thing to measure. */
async function captureFresh(asked: PageRequest): Promise<CapturedPage> {
  const capture = () => captureComplete(asked);
  await until('the mediator answers with a complete page', async () => (await capture()).body !== '');
  const [one, other] = [await capture(), await capture()];
  if (one.body === other.body) throw new BenchFailure('The mediator answered twice with the very same page.');
  return one;
}

function refuseDifference({ name }: Peer, answer: CapturedPage, page: CapturedPage): void {
  if (JSON.stringify(answer) === JSON.stringify(page)) return;
  throw new BenchFailure(`${name} does not answer with the bytes that the mediator answered with.`);
}
