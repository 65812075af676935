import type { WidgetManifest } from '@widget-mediator/contracts';
import type { Dispatcher } from 'undici';
import { admitPublication } from '../intake/admitPublication.ts';
import { createContent } from '../intake/content.ts';
import { JsonError, parseJson } from '../intake/parseJson.ts';
import { httpExchange } from './httpExchange.ts';
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
  const path = `${endpoint.pathname}${endpoint.search}`;
  const { latencyMs, maxBytes } = manifest.spec.budget;

  return async ({ request, remainingMs, cancellation }) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-deadline-ms': String(Math.max(1, Math.floor(Math.min(latencyMs, remainingMs)))),
    };
    const body = JSON.stringify(request);
    const result = await httpExchange(dispatcher, { path, headers, body, maxBytes, cancellation });
    switch (result.kind) {
      case 'broken':
        return absent('unreachable');
      case 'oversized':
        return absent('oversized-answer');
      case 'answered':
        if (result.status === 204) return absent('abstained');
        if (result.status !== 200) return absent('error-status');
        return result.isJson ? readAnswer(result.bytes) : absent('invalid-answer');
    }
  };

  function readAnswer(bytes: Buffer): Answer {
    const body = parsed(bytes);
    const intake = body === undefined ? undefined : admitPublication(manifest, body);
    if (intake?.ok !== true) return absent('invalid-answer');
    if (intake.publication.items.length === 0) return absent('abstained');
    return { status: 'entered', content: createContent(manifest, intake.publication, now()) };
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return parseJson(bytes);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
