import { Page } from '@widget-mediator/contracts';
import { fakePage } from './fakePage.ts';

const users = ['ada', 'parks', 'bela', 'noor', 'max', 'kenji', 'grace', 'mateo', undefined];
const cases = users.flatMap((user) => [true, false].map((degraded) => ({ user, degraded })));

describe('the fake mediator’s pages', () => {
  test.each(cases)('fit the contract and conserve items: %o', ({ user, degraded }) => {
    const page = Page.parse(fakePage({ user, degraded, explain: true }));
    const { received, placed, reserve, dropped } = page.trace?.conservation ?? fail();
    const gone = Object.values(dropped).reduce((sum, count) => sum + count, 0);
    expect(placed + reserve + gone).toBe(received);
  });
});

function fail(): never {
  throw new Error('the page has no trace');
}
