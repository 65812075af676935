import type { DeliveryCode, WidgetManifest } from '@widget-mediator/contracts';
import type { Dispatcher } from 'undici';
import { admitPublication } from '../intake/admitPublication.ts';
import { createContent } from '../intake/content.ts';
import { serialiseWhenShown } from '../intake/fragments.ts';
import { JsonError, parseJson } from '../intake/parseJson.ts';
import { type ExchangeResult, httpExchange } from './httpExchange.ts';
import { type Answer, absent, type Source } from './source.ts';

/** What an HTTP source is made of. */
export interface HttpSourceParts {
  readonly manifest: WidgetManifest;
  readonly endpoint: URL;
  readonly dispatcher: Dispatcher;
  readonly now: () => number;
}

/** How a source gives up. */
const gaveUpCodes: ReadonlySet<DeliveryCode> = new Set(['unreachable', 'error-status']);

/** Timers are not exact: a source that gives up at its deadline may be a moment early. */
const gaveUpMarginMs = 3;

/** Asks a pull endpoint and validates its answer, by the same code that validates what is pushed. */
export function createHttpSource({ manifest, endpoint, dispatcher, now }: HttpSourceParts): Source {
  const path = `${endpoint.pathname}${endpoint.search}`;
  const { latencyMs, maxBytes } = manifest.spec.budget;

  return async ({ request, remainingMs, cancellation }) => {
    const advertisedMs = Math.max(1, Math.floor(Math.min(latencyMs, remainingMs)));
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-deadline-ms': String(advertisedMs),
    };
    const body = JSON.stringify(request);
    const startedAt = performance.now();
    const result = await httpExchange(dispatcher, { path, headers, body, maxBytes, cancellation });
    const answer = readResult(result, request.user);
    const gaveUp = performance.now() - startedAt >= advertisedMs - gaveUpMarginMs;
    // A source that fails because a hurried page gave it less than its budget did as it was told.
    const hurried = advertisedMs < latencyMs && gaveUp;
    return hurried && answer.status === 'absent' && gaveUpCodes.has(answer.code)
      ? absent('page-deadline')
      : answer;
  };

  function readResult(result: ExchangeResult, user: string | undefined): Answer {
    switch (result.kind) {
      case 'broken':
        return absent('unreachable');
      case 'oversized':
        return absent('oversized-answer');
      case 'answered':
        if (result.status === 204) return absent('abstained');
        if (result.status !== 200) return absent('error-status');
        return result.isJson ? readAnswer(result.bytes, user) : absent('invalid-answer');
    }
  }

  /** An answer for another user than the one asked about is as wrong as one that is no publication. */
  function readAnswer(bytes: Buffer, user: string | undefined): Answer {
    const body = parsed(bytes);
    const intake = body === undefined ? undefined : admitPublication(manifest, body, now());
    if (intake?.ok !== true) return absent('invalid-answer');
    const { publication, verdicts } = intake;
    const { audience, items } = publication;
    if (audience.type === 'user' && audience.user !== user) return absent('invalid-answer');
    for (const { code } of verdicts) {
      if (code === 'expired' || code === 'not-yet-valid') return absent(code);
    }
    if (items.length === 0) return absent('abstained');
    const admission = { admittedAtMs: now(), serialise: serialiseWhenShown(bytes.length) };
    return { status: 'entered', content: createContent(manifest, publication, admission) };
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
