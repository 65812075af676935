import type { Server } from 'node:http';

interface Layer {
  readonly route?: {
    readonly path: string | readonly string[];
    readonly methods: Readonly<Record<string, boolean>>;
  };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

/** The routes that an Express app serves, with parameters as OpenAPI writes them: `GET /v1/widgets/{widgetId}`. */
export function routesOf(server: Server): string[] {
  for (const listener of server.listeners('request')) {
    const { router } = listener as { router?: { stack: readonly Layer[] } };
    if (router !== undefined) return routesIn(router.stack);
  }
  throw new Error('the server has no Express app');
}

function routesIn(stack: readonly Layer[]): string[] {
  return stack.flatMap(({ route, handle }) => {
    if (route === undefined) return routesIn(handle?.stack ?? []);
    const paths = [route.path].flat().map((path) => path.replaceAll(/:(\w+)/g, '{$1}'));
    const methods = Object.keys(route.methods).filter((method) => method !== '_all');
    return methods.flatMap((method) => paths.map((path) => `${method.toUpperCase()} ${path}`));
  });
}
