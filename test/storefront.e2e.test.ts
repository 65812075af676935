import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from './storefront/chromium.ts';
import { type FakeMediator, READ_KEY, startFakeMediator } from './storefront/fakeMediator.ts';
import { focused, measureLayoutShift, pressUntil, seriousViolations } from './storefront/pageProbes.ts';
import { type Storefront, startStorefront } from './storefront/startStorefront.ts';
import { describeWithChromium } from './support/needs.ts';

jest.setTimeout(60_000);

const devices = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
} as const;
const why = 'button:has-text("Why this page?")';

describeWithChromium('the storefront in a browser', inBrowser);

function inBrowser(): void {
  let mediator: FakeMediator;
  let storefront: Storefront;
  let browser: Browser;
  let complaints: string[];
  let page: Page;

  beforeAll(async () => {
    mediator = await startFakeMediator();
    storefront = await startStorefront(mediator.url);
    browser = await launchChromium();
  });
  beforeEach(() => {
    complaints = [];
    mediator.calls.length = 0;
    mediator.behave({ degraded: false, unavailable: false, unexplained: false, hold: false });
  });
  afterEach(async () => {
    await page.context().close();
    // A violated policy, a failed script: whatever the browser complains of is a defect.
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await storefront?.stop();
    await mediator?.close();
  });

  /** Movement is reduced so that nothing is half-way when it is looked at. */
  async function newPage(options: BrowserContextOptions = devices.desktop): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // The refusals that tests provoke are noted by the browser as failed loads.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    return page;
  }

  async function open(path: string, options?: BrowserContextOptions): Promise<Page> {
    await newPage(options);
    await page.goto(storefront.origin + path);
    await page.waitForSelector('main .card');
    return page;
  }

  const titles = () => page.locator('main h2').allTextContents();

  describe.each(Object.entries(devices))('on a %s', (name, device) => {
    test('shows a hero and rows of films under their headings', async () => {
      await open('/?persona=ada', device);
      expect(await page.locator('h1').textContent()).toBe('Tonight for Ada');
      expect(await titles()).toEqual(expect.arrayContaining(['Continue watching', 'Popular this week']));
      expect(await page.locator('main section').count()).toBe(7);
      expect(await page.locator('.hero .hero-lead').count()).toBe(1);
      expect(await page.locator('[role=status]').textContent()).toContain('7 rows38 ms in the mediator');
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      const asked = mediator.calls.at(-1);
      expect([asked?.key, asked?.query.get('device')]).toEqual([
        READ_KEY,
        name === 'phone' ? 'phone' : 'web',
      ]);
    });

    test.each(['dark', 'light'] as const)(
      'has no serious accessibility violation, %s',
      async (colorScheme) => {
        mediator.behave({ degraded: true });
        await open('/?persona=max', { ...device, colorScheme });
        expect(await seriousViolations(page)).toEqual([]);
        await page.click(why);
        await page.waitForSelector('dialog .missing');
        expect(await seriousViolations(page)).toEqual([]);
      },
    );

    test('does not move while a slow answer comes in, nor when another viewer is chosen', async () => {
      await newPage(device);
      const shift = await measureLayoutShift(page);
      mediator.behave({ hold: true });
      await page.goto(`${storefront.origin}/?persona=parks`);
      await page.waitForSelector('.bone');
      await page.waitForSelector('h1:has-text("the Parks")');
      mediator.behave({ hold: false });
      await page.waitForSelector('main .card');
      expect(await shift()).toBeLessThan(0.02);
      mediator.behave({ hold: true });
      await page.check('input[value=anonymous]', { force: true });
      await page.waitForSelector('.bone');
      mediator.behave({ hold: false });
      await page.waitForSelector('main .card');
      expect(await shift()).toBeLessThan(0.02);
    });
  });

  test('another viewer gets another page, and the address remembers whose', async () => {
    await open('/?persona=ada');
    const adas = await titles();
    await page.check('input[value=bela]', { force: true });
    await page.waitForSelector('h1:has-text("Bela")');
    await page.waitForSelector('main .card');
    expect(await titles()).not.toEqual(adas);
    expect(new URL(page.url()).searchParams.get('persona')).toBe('bela');
    await page.goBack();
    await page.waitForSelector('h1:has-text("Ada")');
    await page.waitForSelector('main .card');
    expect(await titles()).toEqual(adas);
  });

  test('keeps the page when the window becomes as narrow as a phone', async () => {
    await open('/?persona=ada');
    await page.setViewportSize(devices.phone.viewport);
    await page.waitForFunction('document.querySelector(".arrows").offsetWidth === 0');
    expect(await page.locator('main .card').count()).toBeGreaterThan(0);
    expect(mediator.calls).toHaveLength(1);
  });

  test('says what is not fresh, sponsored or degraded', async () => {
    mediator.behave({ degraded: true });
    await open('/?persona=ada');
    const badges = await page.locator('.badge').allTextContents();
    expect(badges.map((badge) => badge.split(':')[0])).toEqual(['Stale', 'Stand-in', 'Editors’ choice']);
    expect(await page.locator('.sponsored').allTextContents()).toEqual(['Sponsored']);
    expect(await page.locator('[role=status]').textContent()).toContain('degraded: Hidden gems (timeout)');
  });

  test('works by keyboard alone', async () => {
    await open('/?persona=ada');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toContain('Skip to the programme');
    await page.keyboard.press('Enter');
    await pressUntil(page, 'Tab', '.hero-lead');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.className')).toBe('bill-card');

    // One stop for each row, and each remembers where one was.
    await page.keyboard.press('Tab');
    const first = await focused(page);
    await page.keyboard.press('ArrowRight');
    const second = await focused(page);
    expect(second).not.toBe(first);
    await page.keyboard.press('Tab');
    const headings = page.locator('section:has(:focus) h2');
    expect(await headings.textContent()).toBe('Popular this week');
    await page.keyboard.press('End');
    await page.waitForFunction(`(() => {
      const { right } = document.activeElement.getBoundingClientRect();
      return right > 0 && right <= innerWidth;
    })()`);
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toBe(second);

    await pressUntil(page, 'Shift+Tab', '.why-button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog .missing');
    for (let presses = 0; presses < 8; presses++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('Boolean(document.activeElement.closest("main, header, footer"))')).toBe(
        false,
      );
    }
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    expect(await focused(page)).toContain('Why this page?');
  });

  test('explains what is there, what is missing, and where every item went', async () => {
    mediator.behave({ degraded: true });
    await open('/?persona=ada');
    await page.click(why);
    await page.waitForSelector('dialog .missing');
    const said = (await page.locator('dialog').textContent()) ?? '';
    expect(said).toContain('“Midnight movies” is not here: outranked by “Before colour television”.');
    expect(said).toContain(
      '“Hidden gems” is not here: the source did not answer within its own latency budget.',
    );
    expect(said).toMatch(/Shown by “Because you watched .+” instead: \d+ items/);
    expect(said).toMatch(/\d+ received = \d+ placed \+ \d+ in reserve \+ \d+ duplicate/);
    expect(await page.locator('dialog .source').count()).toBe(10);
    await page.mouse.click(20, 450);
    await page.waitForSelector('dialog', { state: 'detached' });
  });

  test('an explanation that is refused leaves the page as it was', async () => {
    mediator.behave({ unexplained: true });
    await open('/?persona=anonymous');
    const before = await titles();
    await page.click(why);
    await page.waitForSelector('dialog [role=alert]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    expect(await titles()).toEqual(before);
  });

  test('without the mediator it says so, and gets the page once it is back', async () => {
    await newPage();
    const { port } = mediator;
    await mediator.close();
    try {
      await page.goto(`${storefront.origin}/?persona=ada`);
      await page.waitForSelector('[role=alert]:has-text("The mediator cannot be reached")');
      expect(await seriousViolations(page)).toEqual([]);
    } finally {
      mediator = await startFakeMediator(port);
    }
    await page.click('button:has-text("Try again")');
    await page.waitForSelector('main .card');
    expect(await page.locator('[role=alert]').count()).toBe(0);
  });
}
