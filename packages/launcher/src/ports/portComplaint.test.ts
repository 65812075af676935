import { portComplaint } from './portComplaint.ts';

const claims = [
  { variable: 'STOREFRONT_PORT', first: 3000, names: ['storefront'] },
  { variable: 'MEDIATOR_PORT', first: 4000, names: ['mediator'] },
  { variable: 'RECOMMENDERS_PORT', first: 4101, names: ['gems', 'popular'] },
];

const taken =
  (...ports: number[]) =>
  async (port: number) =>
    ports.includes(port) ? ('taken' as const) : undefined;

describe('portComplaint', () => {
  it('says nothing when all ports are free', async () => {
    expect(await portComplaint(claims, taken(80))).toBeUndefined();
  });

  it('says what to do about a taken port', async () => {
    expect(await portComplaint(claims, taken(4000))).toBe(
      'Port 4000 (mediator) is taken; stop what uses it or run MEDIATOR_PORT=4010 npm start',
    );
  });

  it('names all taken ports and suggests only free ones', async () => {
    expect(await portComplaint(claims, taken(3000, 3010, 4102, 4111))).toBe(
      'Port 3000 (storefront) is taken.\nPort 4102 (popular) is taken; stop what uses them or run DATA_DIR=.data-2 STOREFRONT_PORT=3020 RECOMMENDERS_PORT=4121 npm start',
    );
  });

  it('sees two processes asking for one port', async () => {
    const [storefront, mediator] = [
      { variable: 'STOREFRONT_PORT', first: 4000, names: ['storefront'] },
      { variable: 'MEDIATOR_PORT', first: 4000, names: ['mediator'] },
    ];
    expect(await portComplaint([storefront, mediator], taken())).toContain(
      'Port 4000 (mediator) is also asked for by storefront; ',
    );
  });

  it('suggests a port above 1024 where a low one is not permitted', async () => {
    const web = [{ variable: 'STOREFRONT_PORT', first: 80, names: ['storefront'] }];
    expect(await portComplaint(web, async (port) => (port < 1024 ? 'not permitted' : undefined))).toBe(
      'Port 80 (storefront) is not permitted; run STOREFRONT_PORT=8080 npm start',
    );
  });
});
