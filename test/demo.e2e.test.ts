import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Page } from '@widget-mediator/contracts';
import { loadCatalogue, simulatePersonas } from '@widget-mediator/film-catalogue';
import { type Demo, startDemo } from '@widget-mediator/launcher';
import type { Browser } from 'playwright-core';
import { launchChromium } from './storefront/chromium.ts';
import { testWithChromium } from './support/needs.ts';
import { until } from './support/until.ts';

jest.setTimeout(60_000);

/** Everything that `npm start` starts, as real processes on free ports. */
let demo: Demo;
let dataDir: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'demo-test-'));
  demo = await startDemo({
    root: join(__dirname, '..'),
    ports: { storefront: 0, mediator: 0, recommenders: 0 },
    dataDir,
    quiet: true,
  });
}, 60_000);
afterAll(async () => {
  await demo.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function explained(query: string): Promise<Page> {
  const answer = await fetch(`${demo.urls.mediator}/v1/homepage?explain=true&${query}`, {
    headers: { authorization: `Bearer ${demo.keys.operator}` },
  });
  expect(answer.status).toBe(200);
  return Page.parse(await answer.json());
}

const personas = simulatePersonas(loadCatalogue());
const queryOf = ({ id, segments, device }: (typeof personas)[number]): string =>
  `user=${id}&segments=${segments.join()}&device=${device}`;
const widgetsOf = ({ placements }: Page) => placements.map(({ widget }) => widget.id);

describe('the page of', () => {
  test.each(personas.map((persona) => [persona.name, persona] as const))(
    '%s is complete, and conserves',
    async (_name, persona) => {
      const page = await explained(queryOf(persona));
      expect(page.placements.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      const { received, placed, reserve, dropped } = page.trace?.conservation ?? {
        received: -1,
        placed: 0,
        reserve: 0,
        dropped: {},
      };
      expect(placed + reserve + Object.values(dropped).reduce((sum, count) => sum + count, 0)).toBe(received);

      const deduped = page.placements.filter(({ widget }) => widget.id !== 'continue-watching');
      const shown = deduped.flatMap(({ widget }) => widget.items.map(({ id }) => id));
      expect(new Set(shown).size).toBe(shown.length);

      const onPage = new Set(
        page.placements.flatMap(({ widget }) => widget.items.map(({ id }) => `${widget.id}/${id}`)),
      );
      const duplicates = page.trace?.verdicts.filter(({ code }) => code === 'duplicate') ?? [];
      expect(duplicates.length).toBeGreaterThan(0);
      for (const { winner } of duplicates) expect(onPage).toContain(`${winner?.widget}/${winner?.item}`);
    },
  );
});

test('a viewer with a history gets it; one without gets what everyone gets', async () => {
  const max = personas.find(({ id }) => id === 'max');
  const noor = personas.find(({ id }) => id === 'noor');
  if (max === undefined || noor === undefined) throw new Error('the simulator changed its viewers');
  const [page, newcomer] = [await explained(queryOf(max)), await explained(queryOf(noor))];
  expect(widgetsOf(page)).toEqual(expect.arrayContaining(['continue-watching', 'because-you-watched']));
  expect(newcomer.trace?.verdicts).toContainEqual({ code: 'abstained', widget: 'continue-watching' });
  const watched = new Set(max.history.map(({ filmId }) => filmId));
  const because = page.placements.find(({ widget }) => widget.id === 'because-you-watched')?.widget;
  expect(because?.items.filter(({ id }) => watched.has(id))).toEqual([]);
});

testWithChromium('the storefront shows the real page in a browser, and why', async () => {
  const browser: Browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${demo.urls.storefront}/?persona=max`);
    await page.getByRole('heading', { name: 'Continue watching' }).waitFor();
    await page.getByRole('button', { name: 'Why this page?' }).click();
    await page.getByRole('dialog').getByText('consensus').waitFor();
  } finally {
    await browser.close();
  }
});

test('a recommender that is killed costs its own row and nothing else', async () => {
  const max = personas.find(({ id }) => id === 'max');
  if (max === undefined) throw new Error('the simulator changed its viewers');
  const pidOf = (name: string) => demo.processes().find((one) => one.name === name)?.pid;
  const killed = pidOf('because-you-watched');
  if (killed === undefined) throw new Error('because-you-watched does not run');
  process.kill(killed, 'SIGKILL');
  await until('the page reports it', async () => {
    const { degraded } = await explained(`user=${crypto.randomUUID()}&device=web`);
    return degraded.some(({ source }) => source === 'because-you-watched');
  });
  const page = await explained(`user=${crypto.randomUUID()}&device=web`);
  expect(page.placements).toHaveLength(8);
  expect(page.degraded.map(({ source }) => source)).toEqual(['because-you-watched']);
});
