import { type Audience, Page } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator, testKeys } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, register } from './support/widgets.ts';

let redis: TestRedis;
let mediators: readonly [MediatorUnderTest, MediatorUnderTest];

beforeAll(async () => {
  redis = await startTestRedis();
  // A busy machine is not what is looked at.
  const environment = { STORE_TIMEOUT_MS: '5000' };
  const options = { redisUrl: redis.url, redisPrefix: 'ordering', layout: roomyLayout(), environment };
  mediators = await Promise.all([startMediator(options), startMediator(options)]);
  const budget = { ratePerSecond: 10_000, mode: { rate: 'shadow', errors: 'shadow' } } as const;
  for (const { widget } of contents) await register(mediators[0], manifest(widget, { budget }));
});
afterAll(async () => {
  await Promise.all(mediators.map((one) => one.stop()));
  await redis.end();
});

/** One widget for each kind of audience; the viewer of the pages below is in all of them. */
const contents: readonly { widget: string; audience: Audience }[] = [
  { widget: 'for-everyone', audience: { type: 'everyone' } },
  { widget: 'for-fans', audience: { type: 'segment', segment: 'fans' } },
  { widget: 'for-one', audience: { type: 'user', user: 'somebody' } },
];

/** What a page of this mediator shows of each widget: its version. */
async function versionsAt({ http }: MediatorUnderTest): Promise<ReadonlyMap<string, number>> {
  const answer = await http
    .get('/v1/homepage?device=web&segments=fans&user=somebody')
    .set('Authorization', `Bearer ${testKeys.reader}`);
  return new Map(Page.parse(answer.body).placements.map(({ widget }) => [widget.id, widget.version]));
}

/** Looks at pages until it is told to stop; fails when a version is older than one that was on an earlier page. */
async function watch(mediator: MediatorUnderTest, goesOn: () => boolean): Promise<number> {
  const newest = new Map<string, number>();
  let pages = 0;
  while (goesOn()) {
    for (const [widget, version] of await versionsAt(mediator)) {
      expect([widget, version]).toEqual([widget, Math.max(version, newest.get(widget) ?? 0)]);
      newest.set(widget, version);
    }
    pages += 1;
  }
  return pages;
}

const sending = fc.record({
  /** Which of the versions that are left comes next, as a share of them. */
  pick: fc.double({ min: 0, max: 0.999, noNaN: true }),
  mediator: fc.constantFrom(0, 1),
  content: fc.constantFrom(...contents),
  /** Sent once more, later, by the other mediator. */
  isRepeated: fc.boolean(),
});

test('whatever the order in which versions come to two mediators, no page goes back to an older one', async () => {
  let base = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(sending, { minLength: 10, maxLength: 30 }), async (plan) => {
      base += 1_000;
      let publishing = true;
      const watching = mediators.map((one) => watch(one, () => publishing));

      const left = plan.map((_, index) => base + index + 1);
      const sendings = plan.flatMap(({ pick, mediator, content, isRepeated }) => {
        const [version = 0] = left.splice(Math.floor(pick * left.length), 1);
        const once = { version, mediator, content };
        return isRepeated ? [once, { ...once, mediator: 1 - mediator }] : [once];
      });
      const answers = await Promise.all(
        sendings.map(async ({ version, mediator, content: { widget, audience } }) => {
          const under = mediators[mediator === 0 ? 0 : 1];
          const ids = [`${widget}-${version}-a`, `${widget}-${version}-b`];
          const { status, body } = await publish(under, widget, publication(version, ids, { audience }));
          return { widget, version, status, current: Number(body.currentVersion ?? 0) };
        }),
      );

      const newest = new Map<string, number>();
      for (const { widget, version } of answers)
        newest.set(widget, Math.max(version, newest.get(widget) ?? 0));
      for (const { widget, version, status, current } of answers) {
        if (version === newest.get(widget)) expect(status).toBe(202);
        if (status !== 202) expect([status, current > version]).toEqual([409, true]);
      }
      for (const mediator of mediators) {
        await until('pages show the newest of each', async () => {
          const shown = await versionsAt(mediator);
          return [...newest].every(([widget, version]) => shown.get(widget) === version);
        });
      }
      publishing = false;
      for (const pages of await Promise.all(watching)) expect(pages).toBeGreaterThan(0);
    }),
    { numRuns: 12, seed: 20_261_127, endOnFailure: true },
  );
}, 60_000);
