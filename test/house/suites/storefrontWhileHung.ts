import { launchChromium } from '../../storefront/chromium.ts';
import type { OwnHouse } from '../house.ts';

const hung = ['because-you-watched', 'continue-watching'];

/** The storefront while the recommenders that are asked for each page hang. */
export function storefrontWhileHung(house: () => OwnHouse): void {
  test('the first row waits for none of them, and for nothing that later rows would load', async () => {
    const browser = await launchChromium();
    for (const recommender of hung) await house().control.hang(recommender);
    try {
      const page = await browser.newPage();
      await page.goto(`${house().storefrontUrl}/?persona=ada`);
      await page.waitForSelector('main .card');
      expect(await page.locator('main section').count()).toBe(8);
      const loaded: string[] = await page.evaluate(
        `performance.getEntriesByType('resource').map(({ initiatorType }) => initiatorType)`,
      );
      expect(loaded.filter((kind) => kind === 'img' || kind === 'iframe')).toEqual([]);
    } finally {
      for (const recommender of hung) await house().control.resume(recommender);
      await browser.close();
    }
  });
}
