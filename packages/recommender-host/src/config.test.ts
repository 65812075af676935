import { ConfigError, readConfig } from './config.ts';

const least = { MEDIATOR_URL: 'http://127.0.0.1:4000/', API_KEY: 'secret-key', PORT: '4101' };

describe('readConfig', () => {
  it('needs three variables and defaults to loopback', () => {
    expect(readConfig(least)).toEqual({
      mediatorUrl: 'http://127.0.0.1:4000',
      apiKey: 'secret-key',
      port: 4101,
      host: '127.0.0.1',
      publicUrl: undefined,
      logLevel: 'info',
      heartbeatMs: 30_000,
    });
  });

  it('names every fault at once, and no value', () => {
    const read = () => readConfig({ MEDIATOR_URL: 'ftp://secret-host', PORT: 'secret-port', LOG_LEVEL: '' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/MEDIATOR_URL.*\nAPI_KEY.*\nPORT.*/);
    expect(read).not.toThrow(/secret/);
  });

  it.each(['65536', '-1', '1e3', ' '])('refuses the port %j', (PORT) => {
    expect(() => readConfig({ ...least, PORT })).toThrow('PORT');
  });

  it('needs a public URL where the host is no address to call', () => {
    expect(() => readConfig({ ...least, HOST: '0.0.0.0' })).toThrow('PUBLIC_URL: is needed');
    const { publicUrl } = readConfig({ ...least, HOST: '0.0.0.0', PUBLIC_URL: 'http://gems:4101/' });
    expect(publicUrl).toBe('http://gems:4101');
  });
});
