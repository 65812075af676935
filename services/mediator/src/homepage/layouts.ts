import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Device, Layout, type ProblemError } from '@widget-mediator/contracts';
import { FileRefused, readFileOf } from '../fileRefused.ts';
import { findingsAcross } from './findingsAcross.ts';
import { type LayoutInUse, useLayout } from './layoutInUse.ts';

/** The layouts that pages are made from: one for each device. They may be others at the next page. */
export interface Layouts {
  /** Those of the files, which hold where no other is set. */
  readonly files: readonly Layout[];
  readonly all: readonly LayoutInUse[];
  of(device: Device): LayoutInUse;
  /** Whether an editorial list of any of them is called so. */
  isEditorial(widget: string): boolean;
  /** These are to be used from now on. A layout that is in use already stays the same object. */
  use(layouts: readonly Layout[]): void;
}

/** What is wrong with one layout by itself. */
export type FindingsOf = (layout: Layout) => readonly ProblemError[];

/**
 * Reads and checks a layout file, or all `*.json` files of a folder. Throws {@link FileRefused} with every finding of
 * every file, and of all of them together, at once.
 */
export function readLayouts(path: string, findingsOf: FindingsOf): Layouts {
  const files = isFolder(path)
    ? jsonFilesIn(path).map((file) => ({ file, path: join(path, file) }))
    : [{ file: '', path }];
  if (files.length === 0) throw new FileRefused(path, [{ pointer: '', detail: 'holds no *.json file' }]);
  const read = files.map((one) => readLayout(one, findingsOf));
  const layouts = read.flatMap(({ file, layout }) => (layout === undefined ? [] : [{ file, layout }]));
  const findings = [
    ...read.flatMap(({ file, findings: found }) => found.map((finding) => ({ file, ...finding }))),
    ...findingsAcross(layouts, { isComplete: layouts.length === files.length }),
  ];
  if (findings.length > 0) {
    const lines = findings.map(({ file, pointer, detail }) => ({
      pointer: file === '' ? pointer : `${file} ${pointer || '(whole file)'}`,
      detail,
    }));
    throw new FileRefused(path, lines);
  }
  return createLayouts(layouts.map(({ layout }) => layout));
}

function readLayout(
  { file, path }: { readonly file: string; readonly path: string },
  findingsOf: FindingsOf,
) {
  try {
    const layout = readFileOf(path, Layout);
    return { file, layout, findings: findingsOf(layout) };
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    return { file, layout: undefined, findings: error.findings };
  }
}

function createLayouts(files: readonly Layout[]): Layouts {
  let all = files.map(useLayout);
  let ofDevice = byDevice(all);
  return {
    files,
    get all() {
      return all;
    },
    of(device) {
      const layout = ofDevice.get(device);
      if (layout === undefined) throw new Error(`no layout is for ${device}`);
      return layout;
    },
    isEditorial: (widget) => all.some(({ editorialContent }) => editorialContent.has(widget)),
    use(layouts) {
      all = layouts.map(
        (layout) => all.find((one) => isDeepStrictEqual(one.layout, layout)) ?? useLayout(layout),
      );
      ofDevice = byDevice(all);
    },
  };
}

function byDevice(all: readonly LayoutInUse[]): ReadonlyMap<Device, LayoutInUse> {
  const named = new Map(all.flatMap((one) => (one.layout.devices ?? []).map((device) => [device, one])));
  const forTheOthers = all.find(({ layout }) => layout.devices === undefined);
  return new Map(
    Device.options.flatMap((device) => {
      const layout = named.get(device) ?? forTheOthers;
      return layout === undefined ? [] : [[device, layout]];
    }),
  );
}

/** What is not there is no folder; reading it as a file says so. */
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const jsonFilesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
