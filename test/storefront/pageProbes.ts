import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** Axe's serious and critical violations, each with how many elements it is about, and the first. */
export async function seriousViolations(page: Page): Promise<readonly string[]> {
  // Evaluated rather than added as a script, which the page's own policy would refuse.
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations }: AxeResults = await page.evaluate('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}, ${nodes.length} times: ${nodes[0]?.html}`);
}

/** Adds up layout shifts from the first paint on, those after input as well. */
export async function measureLayoutShift(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(`
    globalThis.layoutShift = 0;
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) globalThis.layoutShift += value;
    }).observe({ type: 'layout-shift', buffered: true });
  `);
  // Two frames later every shift of what was just drawn has been reported.
  return () =>
    page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(layoutShift)))))',
    );
}

/** What holds the focus, as its visible text or label. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(
    `(() => {
      const { activeElement: element } = document;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    })()`,
  );
}

/** Presses a key until an element that matches has the focus; a page has fewer stops than `most`. */
export async function pressUntil(page: Page, key: string, selector: string): Promise<void> {
  const most = 40;
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press(key);
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`${key} pressed ${most} times without reaching ${selector}`);
}
