import type { Profiler } from 'node:inspector';

/** Where CPU time went: shares of the time that the process was not idle, the largest first. */
export interface ProfileSummary {
  readonly groups: readonly Portion[];
  readonly functions: readonly Portion[];
}

export interface Portion {
  readonly name: string;
  readonly share: number;
}

const idle = '(idle)';
const outsideOfCode: Readonly<Record<string, string>> = {
  '(garbage collector)': 'garbage collector',
  '(program)': 'other native code',
};

/** Sums self time by function, and by who wrote it: a part of this repository, an npm package, Node. */
export function profileSummary(profile: Profiler.Profile): ProfileSummary {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const groups = new Map<string, number>();
  const functions = new Map<string, number>();
  let total = 0;
  profile.samples?.forEach((id, index) => {
    const frame = frames.get(id);
    const selfUs = profile.timeDeltas?.[index] ?? 0;
    if (frame === undefined || frame.functionName === idle) return;
    const group = groupOf(frame);
    const name = `${frame.functionName || '(anonymous)'}  ${group}${placeOf(frame)}`;
    total += selfUs;
    groups.set(group, (groups.get(group) ?? 0) + selfUs);
    functions.set(name, (functions.get(name) ?? 0) + selfUs);
  });
  return { groups: portions(groups, total), functions: portions(functions, total) };
}

function groupOf({ functionName, url }: Profiler.Profile['nodes'][number]['callFrame']): string {
  const pathParts = url.split('/');
  const packageAt = pathParts.lastIndexOf('node_modules');
  if (packageAt !== -1) {
    const [scope = '', name = ''] = pathParts.slice(packageAt + 1);
    return scope.startsWith('@') ? `${scope}/${name}` : scope;
  }
  const built = pathParts.lastIndexOf('dist');
  if (built !== -1) return pathParts[built - 1] ?? 'unknown';
  if (url.startsWith('node:')) return 'node';
  return outsideOfCode[functionName] ?? 'native functions';
}

function placeOf({ url, lineNumber }: Profiler.Profile['nodes'][number]['callFrame']): string {
  const file = url.split('/').at(-1) ?? '';
  return file === '' ? '' : ` ${file}:${lineNumber + 1}`;
}

function portions(times: ReadonlyMap<string, number>, total: number): Portion[] {
  return [...times]
    .map(([name, time]) => ({ name, share: total === 0 ? 0 : time / total }))
    .sort((a, b) => b.share - a.share);
}
