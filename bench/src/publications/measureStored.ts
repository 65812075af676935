import { z } from 'zod';
import type { PublicationsPlan } from '../options.ts';
import type { Stage } from '../processes/stage.ts';
import { startMediator } from '../processes/startMediator.ts';
import { type Publications, prefix, publicationsScenario } from './startPublications.ts';

/** What a mediator holds for what is published, and how long another takes to start with all of it. */
export interface StoredFound {
  readonly registered: number;
  readonly published: number;
  /** Heap and buffers, in bytes, of a mediator that had nothing to do but follow. */
  readonly bytesPerWidget: number;
  /** From the start of the process until it says that it has everything. */
  readonly startMs: number;
}

/** Publishes for every segment of every widget, and starts a third mediator. */
export async function measureStored(
  stage: Stage,
  { first, second, publishers, publish, targets, followed }: Publications,
  { connections, stored: { widgets, audiences } }: PublicationsPlan,
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
  await caughtUp();
  const before = await held();
  const published = widgets * audiences;
  await publish({ targets: [...targets], connections, publications: published });
  await caughtUp();
  const bytesPerWidget = ((await held()) - before) / published;
  const startedAt = performance.now();
  const third = await startMediator(stage, publicationsScenario(`${prefix}-third`), prefix);
  const startMs = performance.now() - startedAt;
  await third.child.stop();
  return { registered: widgets, published, bytesPerWidget, startMs };
}
