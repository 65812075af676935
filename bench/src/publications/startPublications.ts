import { BenchFailure } from '../benchFailure.ts';
import type { PublicationsPlan } from '../options.ts';
import type { Stage } from '../processes/stage.ts';
import type { Child } from '../processes/startChild.ts';
import { type RunningMediator, startMediator } from '../processes/startMediator.ts';
import { pageLayout, pageShape } from '../scenarios/pageLayout.ts';
import { pushed } from '../scenarios/pushed.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { usualConnections } from '../scenarios/setUpScenario.ts';
import { followedId, type HostileTo, hostileIds, ownWidgets } from './ownWidgets.ts';
import { type HostileSending, HostileSent, Published, type Publishing, type Target } from './publishing.ts';

/** A mediator that is published to, and who publishes. */
export interface Publications {
  readonly first: RunningMediator;
  readonly publishers: Child;
  /** Every widget of the crowd, for every segment: the same widget comes again as late as can be. */
  readonly targets: readonly Target[];
  /** The same, each widget for all its segments before the next. */
  readonly byWidget: readonly Target[];
  /** Where nothing else is published: every widget for everyone, and for as many segments as are wanted. */
  readonly untouched: { readonly forEveryone: readonly Target[]; readonly forSegments: readonly Target[] };
  /** One that is on every page. */
  readonly followed: Target;
  /** A page of the first mediator that shows nothing of the targets, made anew for each viewer. */
  readonly page: {
    readonly name: string;
    readonly child: Child;
    readonly request: {
      readonly port: number;
      readonly path: string;
      readonly headers: Record<string, string>;
      readonly connections: number;
      readonly marks: { text: string; times: number }[];
    };
  };
  /** Throws when one is not acknowledged. */
  readonly publish: Publish;
  /** To a widget of its own, with budgets or without. Throws when one is not refused as it must be. */
  readonly sendHostile: SendHostile;
}

export type Publish = (what: Omit<Publishing, 'port'>) => Promise<Published>;
export type SendHostile = (
  to: HostileTo,
  what: Omit<HostileSending, 'port' | 'target' | 'budgeted'>,
) => Promise<HostileSent>;

/** A mediator of its own store, and what may be published to it. */
export interface Elsewhere {
  readonly targets: readonly Target[];
  readonly publish: Publish;
  readonly stop: () => Promise<void>;
}

/** All mediators of this part have one store. */
export const prefix = 'publications';

export function publicationsScenario(name: string, crowd = 0): Pick<Scenario, 'name' | 'layout' | 'crowd'> {
  const layout = pageLayout(prefix, pushed.layout.prior ?? []);
  const placement = { id: followedId, kind: followedId, required: false };
  return { name, crowd, layout: { ...layout, placements: [...layout.placements, placement] } };
}

export async function startPublications(stage: Stage, plan: PublicationsPlan): Promise<Publications> {
  const publishers = stage.start({ name: 'publishers', entry: 'publications/publishers.js' });
  const first = await startMediator(stage, publicationsScenario(prefix, plan.stored.widgets));
  await first.register(pushed.widgets([]));
  await first.register(ownWidgets.map((manifest) => ({ manifest })));
  const followed = { widget: followedId, key: first.publishKey };
  // Changes are followed in their order: once this one is shown, all before it are there.
  await publishers.ask('follow', {
    publishPort: first.port,
    pagePort: first.port,
    target: followed,
    times: 1,
    withinMs: 120_000,
  });
  const targets = targetsOf(first, segments('busy', plan.stored.audiences));
  return {
    first,
    publishers,
    targets,
    byWidget: targets.toSorted((a, b) => (a.widget < b.widget ? -1 : Number(a.widget > b.widget))),
    untouched: {
      forEveryone: targetsOf(first, [undefined]),
      forSegments: targetsOf(first, segments('segment', plan.stored.audiences - 1)),
    },
    followed,
    page: {
      name: `mediator-${prefix}`,
      child: first.child,
      request: {
        port: first.port,
        path: '/v1/homepage?user=viewer-{n}',
        headers: { authorization: `Bearer ${first.readKey}` },
        connections: usualConnections,
        marks: [{ text: '"items":[{', times: pageShape.lists + 1 }],
      },
    },
    publish: publishTo(publishers, first),
    sendHostile: sendHostileTo(publishers, first),
  };
}

/** Another mediator, with a store of its own in the same Redis, and as many widgets of the same teams. */
export async function startElsewhere(
  stage: Stage,
  publishers: Child,
  { stored: { widgets, audiences } }: PublicationsPlan,
): Promise<Elsewhere> {
  const mediator = await startMediator(stage, publicationsScenario(`${prefix}-elsewhere`, widgets));
  return {
    targets: targetsOf(mediator, segments('busy', audiences)),
    publish: publishTo(publishers, mediator),
    stop: mediator.child.stop,
  };
}

function publishTo(publishers: Child, { port }: RunningMediator): Publish {
  return async (what) => {
    const published = Published.parse(await publishers.ask('publish', { ...what, port }));
    refuseFaults(published);
    return published;
  };
}

function sendHostileTo(publishers: Child, { port, publishKey }: RunningMediator): SendHostile {
  return async (to, what) => {
    const target: Target = { widget: hostileIds[to], key: publishKey };
    const budgeted = to === 'hostile';
    const sent = HostileSent.parse(await publishers.ask('sendHostile', { ...what, port, target, budgeted }));
    refuseFaults(sent);
    return sent;
  };
}

function refuseFaults({ faults: [fault] }: { readonly faults: readonly string[] }): void {
  if (fault !== undefined) throw new BenchFailure(`The mediator ${fault}`);
}

/** Another mediator of the same store, which has to follow. */
export const startFollower = (stage: Stage, name: string): Promise<RunningMediator> =>
  startMediator(stage, publicationsScenario(`${prefix}-${name}`), prefix);

const segments = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}-${index}`);

/** All widgets for one audience, then all for the next; undefined is everyone. */
function targetsOf({ crowd }: RunningMediator, audiences: readonly (string | undefined)[]): Target[] {
  return audiences.flatMap((segment) =>
    crowd.flatMap(({ key, manifests }) =>
      manifests.map(({ metadata }) => ({ widget: metadata.id, key, ...(segment && { segment }) })),
    ),
  );
}
