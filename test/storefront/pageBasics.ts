import type { Page } from 'playwright-core';

/**
 * What Lighthouse would look at first, as faults; none is good. Documents are told what they are (title, language,
 * description, viewport), nothing comes from elsewhere, text can be read and controls can be hit.
 * @see https://developer.chrome.com/docs/lighthouse and WCAG 2.2, 2.5.8 (targets of at least 24 by 24 px)
 */
export function basicFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(`(() => {
    const faults = [];
    const expect = (holds, fault) => { if (!holds) faults.push(fault); };
    expect(document.title.trim() !== '', 'the document has no title');
    expect(document.documentElement.lang !== '', 'the document names no language');
    expect(document.querySelector('meta[name=description]')?.content.length > 20, 'no description');
    expect(document.querySelector('meta[name=viewport]')?.content.includes('width=device-width'), 'no viewport');
    expect(!/maximum-scale=1|user-scalable=no/.test(document.querySelector('meta[name=viewport]')?.content), 'zooming is forbidden');
    expect(document.querySelectorAll('h1').length === 1, 'not exactly one h1');
    expect(document.querySelectorAll('main').length === 1, 'not exactly one main');
    expect(document.documentElement.scrollWidth <= innerWidth, 'it scrolls sideways');
    for (const { name } of performance.getEntriesByType('resource'))
      expect(new URL(name).origin === location.origin, 'from elsewhere: ' + name);
    for (const control of document.querySelectorAll('button, input:not([type=radio]), select')) {
      const { width, height } = control.getBoundingClientRect();
      expect(width === 0 || (width >= 24 && height >= 24), 'too small to hit: ' + control.outerHTML.slice(0, 80));
    }
    for (const text of document.querySelectorAll('p, h1, h2, h3, a, button, li')) {
      const size = parseFloat(getComputedStyle(text).fontSize);
      expect(text.textContent.trim() === '' || size >= 11, 'too small to read: ' + text.outerHTML.slice(0, 80));
    }
    return faults;
  })()`);
}
