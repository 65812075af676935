import { readConfig } from './config.ts';

const enough = { MEDIATOR_URL: 'http://127.0.0.1:3000', READ_KEY: 'r' };

test('the least that is needed gives a frozen config with defaults', () => {
  const result = readConfig(enough);
  expect(result).toMatchObject({
    ok: true,
    config: { port: 4000, host: '127.0.0.1', logLevel: 'info', operatorKey: undefined },
  });
  expect(Object.isFrozen(result.ok && result.config)).toBe(true);
});

test('every fault is named at once', () => {
  const result = readConfig({ PORT: '99999', MEDIATOR_URL: 'ftp://x', LOG_LEVEL: 'loud' });
  const named = result.ok ? [] : result.issues.map((issue) => issue.split(':')[0]);
  expect(named).toEqual(['PORT', 'MEDIATOR_URL', 'READ_KEY', 'LOG_LEVEL']);
});

test('an empty operator key is none', () => {
  expect(readConfig({ ...enough, OPERATOR_KEY: '' })).toMatchObject({ config: { operatorKey: undefined } });
});
