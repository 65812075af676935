import { Device, type Layout, type ProblemError } from '@widget-mediator/contracts';

/** A layout and the file that it stands in; of a file that was given by itself, an empty name. */
export interface NamedLayout {
  readonly file: string;
  readonly layout: Layout;
}

export interface FileFinding extends ProblemError {
  readonly file: string;
}

/**
 * What is wrong between layouts: two for one device, a device without one, two that pages could not tell apart. Devices
 * without one are looked for when all files could be read (`isComplete`): the missing one may be in another.
 */
export function findingsAcross(
  layouts: readonly NamedLayout[],
  { isComplete }: { readonly isComplete: boolean },
): FileFinding[] {
  return [...twoForOneDevice(layouts), ...alike(layouts), ...(isComplete ? withoutLayout(layouts) : [])];
}

function twoForOneDevice(layouts: readonly NamedLayout[]): FileFinding[] {
  const ofDevice = new Map<Device | 'others', string>();
  return layouts.flatMap(({ file, layout: { devices } }) =>
    [...new Set(devices ?? (['others'] as const))].flatMap((device) => {
      const first = ofDevice.get(device);
      if (first === undefined) ofDevice.set(device, file);
      if (first === undefined) return [];
      const detail =
        device === 'others'
          ? `is absent here and in ${first}, and only one layout can be for the devices that no other names: name some`
          : `${first} is for ${device}, too: leave it out of one of them`;
      return [{ file, pointer: '/devices', detail }];
    }),
  );
}

/** Pages, cursors and the registry's index know a layout by its id and version. */
function alike(layouts: readonly NamedLayout[]): FileFinding[] {
  const known = new Map<string, string>();
  return layouts.flatMap(({ file, layout: { id, version } }) => {
    const key = `${id}@${version}`;
    const first = known.get(key);
    if (first === undefined) known.set(key, file);
    return first === undefined
      ? []
      : [{ file, pointer: '/version', detail: `${first} has the same id and version: change one of them` }];
  });
}

function withoutLayout(layouts: readonly NamedLayout[]): FileFinding[] {
  if (layouts.some(({ layout }) => layout.devices === undefined)) return [];
  const named = new Set(layouts.flatMap(({ layout }) => layout.devices ?? []));
  const missing = Device.options.filter((device) => !named.has(device));
  const file = layouts.length > 1 ? '(all files)' : (layouts[0]?.file ?? '');
  const detail = `no layout is for ${missing.join(', ')}: name them in one, or leave devices out of one`;
  return missing.length === 0 ? [] : [{ file, pointer: '/devices', detail }];
}
