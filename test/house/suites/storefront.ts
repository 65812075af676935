import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../storefront/chromium.ts';
import { basicFaults } from '../../storefront/pageBasics.ts';
import { focused, measureLayoutShift, pressUntil, seriousViolations } from '../../storefront/pageProbes.ts';
import { until } from '../../support/until.ts';
import type { House } from '../house.ts';

const devices = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
} as const;

/** The storefront of the whole house, in a browser; its details are tested with a mediator that plays parts. */
export function storefront(house: () => House): void {
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  beforeEach(() => {
    complaints = [];
  });
  afterEach(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
  });
  afterAll(() => browser?.close());

  async function newPage(device: keyof typeof devices): Promise<void> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...devices[device] });
    page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  }
  async function open(path: string): Promise<void> {
    await page.goto(house().storefrontUrl + path);
    await page.waitForSelector('main .card');
  }

  describe.each(['phone', 'desktop'] as const)('on a %s', (device) => {
    test('shows every placement, does not jump, and keeps to the basics', async () => {
      await newPage(device);
      const shift = await measureLayoutShift(page);
      // A recommender that a busy machine makes late is left out, as it should be, and asked again later.
      await until(
        'the page of a viewer with a history shows it',
        async () => {
          await open('/?persona=max');
          expect(await page.locator('main section').count()).toBe(8);
          return (await page.locator('main h2').allTextContents()).includes('Continue watching');
        },
        30_000,
      );
      expect(await basicFaults(page)).toEqual([]);
      expect(await seriousViolations(page)).toEqual([]);
      expect(await shift()).toBeLessThan(0.02);
    });

    test('says why, in a panel that has no serious violation either', async () => {
      await newPage(device);
      await open('/?persona=ada');
      await page.getByRole('button', { name: 'Why this page?' }).click();
      await page.getByRole('dialog').getByText('consensus').waitFor();
      expect(await seriousViolations(page)).toEqual([]);
    });
  });

  test('can be used by keyboard alone', async () => {
    await newPage('desktop');
    await open('/?persona=max');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toContain('Skip to the programme');
    await page.keyboard.press('Enter');
    // From row to row, and along one of them.
    await pressUntil(page, 'Tab', 'main .card, main .card *');
    const first = await focused(page);
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).not.toBe(first);
    await pressUntil(page, 'Shift+Tab', '.why-button');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    expect(await focused(page)).toContain('Why this page?');
  });
}
