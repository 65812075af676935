import https from 'node:https';
import { pages } from '../house/suites/pages.ts';
import { proxy } from '../house/suites/proxy.ts';
import { publishing } from '../house/suites/publishing.ts';
import { recommenderFailures } from '../house/suites/recommenderFailures.ts';
import { replicas } from '../house/suites/replicas.ts';
import { storeFailures } from '../house/suites/storeFailures.ts';
import { storefront } from '../house/suites/storefront.ts';
import { storefrontWhileHung } from '../house/suites/storefrontWhileHung.ts';
import { describeWithChromium } from '../support/needs.ts';
import { type ComposeHouse, startComposeHouse } from './composeHouse.ts';
import { findEngine } from './engine.ts';
import { hardening } from './hardening.ts';
import { isolation } from './isolation.ts';

jest.setTimeout(180_000);

const engine = findEngine();
if (engine === undefined && process.env['REQUIRE_DOCKER'] !== '1')
  process.stderr.write(
    'No Docker engine with compose answers here: the tests of docker-compose.yml are skipped.\n',
  );
const describeWithDocker =
  engine === undefined && process.env['REQUIRE_DOCKER'] !== '1' ? describe.skip : describe;

describeWithDocker(`docker-compose.yml, by ${engine?.version}`, () => {
  let started: ComposeHouse;
  const house = () => started;

  beforeAll(async () => {
    if (engine === undefined)
      throw new Error('REQUIRE_DOCKER is set, and no Docker engine with compose answers');
    started = await startComposeHouse(engine);
  }, 900_000);
  afterAll(() => started?.stop());

  describe('pages', () => pages(house));
  describe('publishing', () => publishing(house));
  describe('the proxy', () => proxy(house));
  describeWithChromium('the storefront', () => storefront(house));
  describeWithChromium('the storefront while recommenders hang', () => storefrontWhileHung(house));
  describe('isolation', () => isolation(house));
  describe('hardening', () => hardening(house));

  test('TLS is spoken as docker-compose.tls.yml says', async () => {
    const status = await new Promise((resolve, reject) => {
      https
        .get(
          `${started.tlsUrl}/v1/homepage`,
          { ca: started.certificate, minVersion: 'TLSv1.2' },
          (answer) => {
            answer.resume();
            resolve(answer.statusCode);
          },
        )
        .on('error', reject);
    });
    expect(status).toBe(200);
  });

  describe('recommenders fail', () => recommenderFailures(house));
  describe('Redis fails', () => storeFailures(house));
  describe('mediators go and come back', () => replicas(house));
});
