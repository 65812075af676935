import { z } from 'zod';
import type { PublicationsPlan } from '../options.ts';
import type { Stage } from '../processes/stage.ts';
import type { RunningMediator } from '../processes/startMediator.ts';
import type { Target } from './publishing.ts';
import { type Publications, startFollower } from './startPublications.ts';

/** What a mediator holds for what is published, and how long another takes to start with all of it. */
export interface StoredFound {
  readonly registered: number;
  readonly published: number;
  /** Heap and buffers, in bytes, of a mediator that had nothing to do but follow. Ready: for everyone, as pages show it. */
  readonly bytesPerReady: number;
  /** Of lists for segments that no page has shown. */
  readonly bytesPerWaiting: number;
  /** From the start of the process until it says that it has everything. */
  readonly startMs: number;
}

/** Publishes for everyone and for segments of every widget, and starts a third mediator. */
export async function measureStored(
  stage: Stage,
  { first, publishers, publish, untouched: { forEveryone, forSegments }, followed }: Publications,
  { second, plan }: { readonly second: RunningMediator; readonly plan: PublicationsPlan },
): Promise<StoredFound> {
  const held = async () => z.number().parse(await second.child.ask('held'));
  // Announcements are followed in their order: once this one is, all before it have been.
  const caughtUp = () =>
    publishers.ask('follow', {
      publishPort: first.port,
      pagePort: second.port,
      target: followed,
      times: 1,
      withinMs: 120_000,
    });
  const bytesPerList = async (targets: readonly Target[]) => {
    await caughtUp();
    const before = await held();
    await publish({
      targets: [...targets],
      connections: plan.connections,
      publications: targets.length,
    });
    await caughtUp();
    return ((await held()) - before) / targets.length;
  };
  const bytesPerReady = await bytesPerList(forEveryone);
  const bytesPerWaiting = await bytesPerList(forSegments);
  const startedAt = performance.now();
  const third = await startFollower(stage, 'third');
  const startMs = performance.now() - startedAt;
  await third.child.stop();
  const published = forEveryone.length + forSegments.length;
  return { registered: plan.stored.widgets, published, bytesPerReady, bytesPerWaiting, startMs };
}
