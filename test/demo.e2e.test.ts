import { startDemoHouse } from './house/demoHouse.ts';
import type { OwnHouse } from './house/house.ts';
import { pages } from './house/suites/pages.ts';
import { publishing } from './house/suites/publishing.ts';
import { recommenderFailures } from './house/suites/recommenderFailures.ts';
import { storeFailures } from './house/suites/storeFailures.ts';
import { storefront } from './house/suites/storefront.ts';
import { storefrontWhileHung } from './house/suites/storefrontWhileHung.ts';
import { describeWithChromium } from './support/needs.ts';

jest.setTimeout(60_000);

let started: OwnHouse;
const house = () => started;

beforeAll(async () => {
  started = await startDemoHouse();
}, 60_000);
afterAll(() => started.stop());

describe('pages', () => pages(house));
describe('publishing', () => publishing(house));
describeWithChromium('the storefront', () => storefront(house));
describeWithChromium('the storefront while recommenders hang', () => storefrontWhileHung(house));
describe('recommenders fail', () => recommenderFailures(house));
describe('Redis fails', () => storeFailures(house));
