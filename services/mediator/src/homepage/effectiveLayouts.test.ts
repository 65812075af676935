import { Layout, type LayoutInput } from '@widget-mediator/contracts';
import type { StoredLayout } from '../store/layoutStore.ts';
import { effectiveLayouts } from './effectiveLayouts.ts';

const layout = (id: string, changes: Partial<LayoutInput> = {}): Layout =>
  Layout.parse({
    apiVersion: 'widget-mediator/v1',
    kind: 'Layout',
    id,
    version: '1',
    deadlineMs: 100,
    placements: [{ id: 'row', kind: 'row', required: false }],
    editorial: [],
    ...changes,
  });
const stored = (one: Layout, minute: number): StoredLayout => ({
  layout: one,
  origin: 'store',
  revision: 1,
  updatedAt: new Date(Date.UTC(2026, 10, 27, 0, minute)).toISOString(),
  team: 'platform',
  key: 'operator',
});
const namesOf = (layouts: readonly Layout[]) => layouts.map(({ id, version }) => `${id}@${version}`);
const usable = () => true;
const home = layout('home');

test('with nothing stored the files hold', () => {
  expect(effectiveLayouts([home], [], usable)).toEqual({ layouts: [home], unusable: [] });
});

test('what is stored takes the place of its file, or stands beside the others', () => {
  const tv = stored(layout('tv', { devices: ['tv'] }), 1);
  const { layouts, unusable } = effectiveLayouts(
    [home],
    [stored(layout('home', { version: '2' }), 2), tv],
    usable,
  );
  expect([namesOf(layouts), unusable]).toEqual([['home@2', 'tv@1'], []]);
});

test('the order in which layouts came to go together does not matter, as long as they do', () => {
  const files = [layout('home', { devices: ['web', 'phone'] }), layout('rest')];
  const narrowed = stored(layout('home', { version: '2', devices: ['web'] }), 9);
  const phone = stored(layout('phone', { devices: ['phone'] }), 1);
  expect(effectiveLayouts(files, [narrowed, phone], usable).unusable).toEqual([]);
});

test('of two for one device the older is used, and every mediator comes to the same', () => {
  const older = stored(layout('screens', { devices: ['tv'] }), 1);
  const newer = stored(layout('big', { devices: ['tv'] }), 2);
  const between = stored(layout('small', { devices: ['phone'] }), 3);
  for (const all of [
    [older, newer, between],
    [between, newer, older],
  ]) {
    const { layouts, unusable } = effectiveLayouts([home], all, usable);
    expect([namesOf(layouts), unusable]).toEqual([['home@1', 'screens@1', 'small@1'], [newer]]);
  }
});

test('what cannot be used at all leaves its file in place', () => {
  const faulty = stored(layout('home', { version: '2' }), 1);
  const { layouts, unusable } = effectiveLayouts([home], [faulty], ({ version }) => version !== '2');
  expect([layouts, unusable]).toEqual([[home], [faulty]]);
});
