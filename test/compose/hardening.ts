import type { ComposeHouse } from './composeHouse.ts';
import { docker } from './engine.ts';

interface Inspected {
  readonly State: { readonly Pid: number };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly CapDrop: readonly string[] | null;
    readonly CapAdd: readonly string[] | null;
    readonly SecurityOpt: readonly string[] | null;
    readonly Memory: number;
    readonly Privileged: boolean;
  };
}

/** What a break-in would find in each container. */
export function hardening(house: () => ComposeHouse): void {
  test('every container drops all capabilities, is read-only, has a memory limit and a health check', async () => {
    for (const service of house().services) {
      const [container]: [Inspected & { Config: { Healthcheck?: unknown } }] = JSON.parse(
        await docker('inspect', await house().containerOf(service)),
      );
      const { ReadonlyRootfs, CapDrop, CapAdd, SecurityOpt, Memory, Privileged } = container.HostConfig;
      expect([service, ReadonlyRootfs, CapDrop, CapAdd ?? [], SecurityOpt, Privileged]).toEqual([
        service,
        true,
        ['ALL'],
        [],
        ['no-new-privileges:true'],
        false,
      ]);
      expect([service, Memory > 0 && Memory <= 1024 ** 3]).toEqual([service, true]);
      expect([service, container.Config.Healthcheck !== undefined]).toEqual([service, true]);
    }
  });

  test('nothing runs as root, and nothing can be written where the programs are', async () => {
    for (const service of house().services) {
      const container = await house().containerOf(service);
      const uids = await docker('top', container, '-eo', 'uid,pid,comm');
      expect([
        service,
        uids
          .split('\n')
          .slice(1)
          .filter((line) => /^\s*0\s/.test(line)),
      ]).toEqual([service, []]);
      const place = ['redis', 'proxy'].includes(service) ? '/etc/x' : '/app/x';
      await expect(docker('exec', container, 'touch', place)).rejects.toThrow(
        /Read-only file system|Permission denied/,
      );
    }
  });

  test('only the proxy and the storefront have a port on this machine, and only on loopback', async () => {
    for (const service of house().services) {
      const published = await docker('port', await house().containerOf(service));
      const expected = ['proxy', 'storefront'].includes(service);
      expect([service, published !== '']).toEqual([service, expected]);
      for (const line of published.split('\n').filter(Boolean)) expect(line).toContain('-> 127.0.0.1:');
    }
  });
}
