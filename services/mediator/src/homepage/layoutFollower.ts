import type { Layout } from '@widget-mediator/contracts';
import type { Logger } from 'pino';
import type { LayoutStore } from '../store/layoutStore.ts';
import type { RecordFollower } from '../store/recordWatch.ts';
import { effectiveLayouts } from './effectiveLayouts.ts';
import type { FindingsOf, Layouts } from './layouts.ts';

export interface LayoutFollowerParts {
  readonly store: Pick<LayoutStore, 'readAll'>;
  readonly layouts: Layouts;
  readonly findingsOf: FindingsOf;
  /** Other layouts are in use than before. */
  readonly onChange: () => void;
  readonly log: Logger;
}

/** Has pages made from what operators stored. With an empty store, and while nothing was read, the files hold. */
export function createLayoutFollower(parts: LayoutFollowerParts): RecordFollower {
  const { store, layouts, findingsOf, log } = parts;
  let reported = '';
  return {
    kind: 'layout',
    async load() {
      const isUsable = (layout: Layout) => findingsOf(layout).length === 0;
      const { layouts: effective, unusable } = effectiveLayouts(
        layouts.files,
        await store.readAll(),
        isUsable,
      );
      const before = layouts.all;
      layouts.use(effective);
      if (before.length !== layouts.all.length || before.some((one, at) => one !== layouts.all[at])) {
        parts.onChange();
      }
      report(unusable.map(({ layout }) => `${layout.id}@${layout.version}`).join());
    },
  };

  /** Once, as long as it stays so. */
  function report(unusable: string): void {
    if (unusable !== '' && unusable !== reported) {
      log.error({ layouts: unusable }, 'layouts that were stored cannot be used here: their files are');
    }
    reported = unusable;
  }
}
