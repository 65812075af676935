import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { containerOf, kustomization } from './manifests.ts';
import type { Workload } from './shapes.ts';

/** What a workload's container finds in its environment, with the secrets of `secretsFolder`. */
export function environmentOf(workload: Workload, secretsFolder: string): Record<string, string> {
  const { env, envFrom } = containerOf(workload);
  const generated = envFrom.flatMap(({ configMapRef, secretRef }) => [
    ...lines(kustomization.configMapGenerator.filter(({ name }) => name === configMapRef?.name)),
    ...kustomization.secretGenerator
      .filter(({ name }) => name === secretRef?.name)
      .flatMap(({ envs }) => envs)
      .flatMap((file) =>
        readFileSync(join(secretsFolder, basename(file)), 'utf8')
          .trim()
          .split('\n'),
      ),
  ]);
  const pairs = generated.map((line): [string, string] => {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(line) ?? [];
    return [name, value];
  });
  return Object.fromEntries([...pairs, ...env.map(({ name, value }): [string, string] => [name, value])]);
}

const lines = (generators: readonly { readonly literals: readonly string[] }[]): string[] =>
  generators.flatMap(({ literals }) => literals);
