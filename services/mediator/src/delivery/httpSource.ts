import type { WidgetManifest } from '@widget-mediator/contracts';
import type { Dispatcher } from 'undici';
import { admitPublication } from '../intake/admitPublication.ts';
import { createContent } from '../intake/content.ts';
import { serialiseWhenShown } from '../intake/fragments.ts';
import { createEndpoint, type Said } from './createEndpoint.ts';
import { type Answer, absent, type Source } from './source.ts';

/** What an HTTP source is made of. */
export interface HttpSourceParts {
  readonly manifest: WidgetManifest;
  readonly endpoint: URL;
  readonly dispatcher: Dispatcher;
  readonly now: () => number;
}

/** Asks a pull endpoint and validates its answer, by the same code that validates what is pushed. */
export function createHttpSource({ manifest, endpoint, dispatcher, now }: HttpSourceParts): Source {
  const { latencyMs, maxBytes } = manifest.spec.budget;
  const post = createEndpoint({ url: endpoint, dispatcher, latencyMs, maxBytes });

  return async (ask) => {
    const answer = await post(ask.request, ask);
    return answer.status === 'absent' ? answer : readAnswer(answer, ask.request.user);
  };

  /** An answer for another user than the one asked about is as wrong as one that is no publication. */
  function readAnswer({ value, bytes }: Said, user: string | undefined): Answer {
    const intake = admitPublication(manifest, value, now());
    if (!intake.ok) return absent('invalid-answer');
    const { publication, verdicts } = intake;
    const { audience, items } = publication;
    if (audience.type === 'user' && audience.user !== user) return absent('invalid-answer');
    for (const { code } of verdicts) {
      if (code === 'expired' || code === 'not-yet-valid') return absent(code);
    }
    if (items.length === 0) return absent('abstained');
    const admission = { admittedAtMs: now(), serialise: serialiseWhenShown(bytes) };
    return { status: 'entered', content: createContent(manifest, publication, admission) };
  }
}
