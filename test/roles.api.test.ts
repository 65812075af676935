import { openApi } from '@widget-mediator/contracts';
import { goodRequest, goodRequests } from './roles/goodRequests.ts';
import { besideOpenApi, roles, roleTable, routeOf } from './roles/roleTable.ts';
import { ask, prepare } from './roles/roleWorld.ts';
import { routesOf } from './roles/routesOf.ts';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, type StubSource, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { publication, pullManifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let source: StubSource;

beforeAll(async () => {
  redis = await startTestRedis();
  under = await startMediator({ redisUrl: redis.url, layout: roomyLayout() });
  source = await startStubSource(answers(publication(1, ['p', 'q'])));
  await register(under, pullManifest('pulled', source.endpoint));
  await until('the source was asked', () => source.asked.length > 0);
});
afterAll(async () => {
  await under.stop();
  await source.close();
  await redis.end();
});

const described: readonly string[] = Object.entries(pathsOf(openApi())).flatMap(([path, methods]) =>
  Object.keys(methods)
    .filter((name) => name !== 'parameters')
    .map((method) => `${method.toUpperCase()} ${path}`),
);

/** What tells of the interface, and is none of it. */
const documents = ['GET /', 'GET /openapi.json', 'GET /docs/swagger-initializer.js'];

test('the table has every route of OpenAPI, and no other: whoever adds one says who may use it', () => {
  const inTable = new Set(roleTable.map(([name]) => routeOf(name)));
  expect([...inTable].toSorted()).toEqual([...described, ...besideOpenApi].toSorted());
  const names = roleTable.map(([name]) => name);
  expect(Object.keys(goodRequests).filter((name) => !names.includes(name))).toEqual([]);
});

test('OpenAPI has every route that the mediator serves', () => {
  const served = routesOf(under.mediator.server).map((route) => route.replace(/v\d\.json$/, '{version}'));
  const ofInterface = new Set(served.filter((route) => !documents.includes(route)));
  expect([...ofInterface].toSorted()).toEqual(described.toSorted());
});

test.each([
  ['in capitals', (path: string) => path.toUpperCase()],
  ['with one more slash', (path: string) => `${path}/`],
])(
  'a route that is spelt otherwise, %s, is none: a proxy with rules by path must not be got around',
  async (_how, other) => {
    const routes = routesOf(under.mediator.server).filter((route) => !documents.includes(route));
    expect(routes.length).toBeGreaterThan(30);
    const found: unknown[] = [];
    for (const route of routes) {
      const [method, path] = route.split(' ') as [string, string];
      const spelt = other(path.replaceAll(/\{\w+\}/g, 'some'));
      const answer = await under.http[method.toLowerCase() as 'get'](spelt).set(
        'Authorization',
        `Bearer ${under.keys.operator}`,
      );
      if (answer.body.type !== 'urn:widget-mediator:problem:route-unknown')
        found.push([method, spelt, answer.status]);
    }
    expect(found).toEqual([]);
  },
);

test.each(roleTable.map(([name, ...statuses]) => ({ name, statuses })))(
  '$name is for whom the table says',
  async ({ name, statuses }) => {
    const world = await prepare(under, routeOf(name) === 'DELETE /v1/key');
    const got: Record<string, number> = {};
    // Whoever is to be refused comes first: the others may take away what is asked for.
    const expected = roles.map((role, index) => [role, statuses[index] ?? 0] as const);
    for (const [role] of expected.toSorted(([, one], [, other]) => other - one))
      got[role] = (await ask(under, goodRequest(name, world), world.keyOf(role))).status;
    expect(got).toEqual(Object.fromEntries(expected));
  },
  30_000,
);

function pathsOf(document: unknown): Record<string, object> {
  const { paths } = document as { paths: Record<string, object> };
  return paths;
}
