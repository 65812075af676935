import { registrationFindings } from '@widget-mediator/composition';
import type { Registration } from '@widget-mediator/contracts';
import type { Logger } from 'pino';
import type { Layouts } from './layouts.ts';

export interface RegistrationWatch {
  /** Registrations are known now: looks at once, and from then on after each change. */
  start(): void;
  /** Registrations changed: looks a moment later, once for all changes until then. */
  changed(): void;
  stop(): void;
}

export interface RegistrationWatchParts {
  readonly layouts: Pick<Layouts, 'all'>;
  readonly registrations: () => Iterable<Registration>;
  readonly log: Logger;
}

/** Teams register one after the other when they start; and a look takes milliseconds, which no page should meet often. */
const momentMs = 1_000;

/** Warns of what does not go together between the layouts and who is registered: of each finding when it is new. */
export function watchRegistrations({
  layouts,
  registrations,
  log,
}: RegistrationWatchParts): RegistrationWatch {
  let known = new Set<string>();
  let isStarted = false;
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    timer = undefined;
    const manifests = [...registrations()].map(({ manifest }) => manifest);
    const found = new Set<string>();
    for (const { layout } of layouts.all) {
      for (const { pointer, detail } of registrationFindings(layout, manifests)) {
        const key = `${layout.id}@${layout.version} ${pointer} ${detail}`;
        found.add(key);
        if (!known.has(key)) {
          log.warn({ layout: layout.id, pointer, detail }, 'the layout does not go with what is registered');
        }
      }
    }
    known = found;
  }

  return {
    start() {
      isStarted = true;
      look();
    },
    changed() {
      if (!isStarted || timer !== undefined) return;
      timer = setTimeout(look, momentMs);
      timer.unref();
    },
    stop() {
      isStarted = false;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
