import { Layout, type Registration, WidgetManifest } from '@widget-mediator/contracts';
import { pino } from 'pino';
import { useLayout } from './layoutInUse.ts';
import { watchRegistrations } from './watchRegistrations.ts';

const layout = useLayout(
  Layout.parse({
    apiVersion: 'widget-mediator/v1',
    kind: 'Layout',
    id: 'homepage',
    version: '1',
    deadlineMs: 100,
    prior: ['one', 'two'],
    placements: [{ id: 'row', kind: 'row', required: false }],
    editorial: [],
  }),
);
const layouts = { all: [layout], of: () => layout, isEditorial: () => false };

const registration = (id: string): Registration => ({
  manifest: WidgetManifest.parse({
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id, owner: 'team', title: id },
    spec: { itemType: 'film', delivery: { mode: 'push' }, placements: ['row'] },
  }),
  revision: 1,
  incarnation: 'first',
  updatedAt: '2027-01-01T00:00:00Z',
});

let registered: Registration[];
let warned: Record<string, unknown>[];
let watch: ReturnType<typeof watchRegistrations>;

beforeEach(() => {
  jest.useFakeTimers();
  registered = [];
  warned = [];
  const log = pino({}, { write: (line) => void warned.push(JSON.parse(line)) });
  watch = watchRegistrations({ layouts, registrations: () => registered, log });
});
afterEach(() => jest.useRealTimers());

const pointers = () => warned.map(({ pointer }) => pointer);

test('warns once of each finding when it starts, and of nothing before', () => {
  watch.changed();
  jest.advanceTimersByTime(10_000);
  expect(warned).toEqual([]);
  watch.start();
  expect(pointers()).toEqual(['/prior/0', '/prior/1', '/placements/0']);
  expect(warned[0]).toMatchObject({
    level: 40,
    msg: 'the layout does not go with what is registered',
    layout: 'homepage',
    detail: expect.stringContaining('no widget one is registered'),
  });
});

test('looks once for many changes, a moment after the first, and warns of what is new', () => {
  registered = [registration('one')];
  watch.start();
  expect(pointers()).toEqual(['/prior/1']);
  registered = [registration('two')];
  for (let times = 0; times < 5; times += 1) {
    watch.changed();
    jest.advanceTimersByTime(100);
  }
  expect(pointers()).toEqual(['/prior/1']);
  jest.advanceTimersByTime(500);
  expect(pointers()).toEqual(['/prior/1', '/prior/0']);
  expect(jest.getTimerCount()).toBe(0);
});

test('says nothing again while a finding stays, and says it again when it has come back', () => {
  registered = [registration('one')];
  watch.start();
  const after = (now: Registration[]) => {
    registered = now;
    watch.changed();
    jest.advanceTimersByTime(1_000);
    return pointers();
  };
  expect(after([registration('one'), registration('three')])).toEqual(['/prior/1']);
  expect(after([registration('one'), registration('two')])).toEqual(['/prior/1']);
  expect(after([registration('one')])).toEqual(['/prior/1', '/prior/1']);
});

test('looks no more once it is stopped', () => {
  registered = [registration('one'), registration('two')];
  watch.start();
  registered = [];
  watch.changed();
  watch.stop();
  watch.changed();
  jest.advanceTimersByTime(10_000);
  expect(warned).toEqual([]);
});
