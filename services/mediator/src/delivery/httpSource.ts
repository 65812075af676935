import type { WidgetManifest } from '@widget-mediator/contracts';
import type { Dispatcher } from 'undici';
import { admitAnswer } from '../intake/admitAnswer.ts';
import { createContentOf, lifetimeFrom } from '../intake/content.ts';
import { createEndpoint, type Said } from './createEndpoint.ts';
import { type Answer, type Ask, absent, type Source } from './source.ts';

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
    const answer = await post({ body: ask.request, ifNoneMatch: ask.known?.etag }, ask);
    switch (answer.status) {
      case 'absent':
        return answer;
      case 'unchanged':
        return renewed(ask.known);
      case 'said':
        return readAnswer(answer, ask.request.user);
    }
  };

  /** What it said before holds for another ttl, unless it said itself until when. */
  function renewed(known: Ask['known']): Answer {
    if (known === undefined) return absent('invalid-answer');
    const { etag, content } = known;
    const lifetime = lifetimeFrom(manifest, content, now());
    if (lifetime.staleUntilMs <= now()) return absent('expired');
    return { status: 'entered', etag, content: { ...content, ...lifetime } };
  }

  /** An answer for another user than the one asked about is as wrong as one that is no publication. */
  function readAnswer({ bytes, etag }: Said, user: string | undefined): Answer {
    const admittedAtMs = now();
    const admitted = admitAnswer(manifest, bytes, admittedAtMs);
    if (admitted === undefined) return absent('invalid-answer');
    const { publication, list, absence } = admitted;
    const { audience } = publication;
    if (audience.type === 'user' && audience.user !== user) return absent('invalid-answer');
    if (absence !== undefined) return absent(absence);
    if (list.items.length === 0) return absent('abstained');
    const content = createContentOf(manifest, publication, { admittedAtMs, list });
    return etag === undefined ? { status: 'entered', content } : { status: 'entered', content, etag };
  }
}
