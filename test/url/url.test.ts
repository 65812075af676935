import { houseByUrl } from '../house/houseByUrl.ts';
import { pages } from '../house/suites/pages.ts';
import { publishing } from '../house/suites/publishing.ts';
import { storefront } from '../house/suites/storefront.ts';
import { describeWithChromium } from '../support/needs.ts';

jest.setTimeout(60_000);

// npm run test:url, with MEDIATOR_URL, STOREFRONT_URL, OPERATOR_KEY, PUBLISH_KEY and PUBLISH_TEAM (my-team).
const house = houseByUrl(process.env);

describe('pages', () => pages(() => house));
describe('publishing', () => publishing(() => house));
describeWithChromium('the storefront', () => storefront(() => house));
