import {
  limits,
  type ProblemCode,
  type ProblemError,
  type Receipt,
  type Registration,
} from '@widget-mediator/contracts';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { admitPublication, type Intake } from '../intake/admitPublication.ts';
import { lifetimeOf, publicationDigest } from '../intake/content.ts';
import type { IntakeBudget } from '../intake/intakeBudget.ts';
import type { Registry } from '../registry/registry.ts';
import type { Admission, AdmissionRequest, PublicationStore } from '../store/publicationStore.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import type { StoredPublication } from '../store/storedPublication.ts';
import { StoreUnavailable } from '../store/storeUnavailable.ts';
import { widgetKey } from '../store/widgetKey.ts';
import { requireScope } from './authenticate.ts';
import { methodNotAllowed, toProblem } from './errorHandler.ts';
import { admitOrRefuse, takePlace } from './holdToBudget.ts';
import { HttpProblem } from './httpProblem.ts';
import type { Keyring } from './keyring.ts';
import { announcedBytes, bodyOfAtMost, bytesOf, readJson } from './readJson.ts';
import { runInTurn } from './runInTurn.ts';
import { createTurns } from './turns.ts';
import { widgetIdOf } from './widgetRouter.ts';

export interface PublicationRouterParts {
  readonly keyring: Keyring;
  readonly registry: Registry;
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly budget: IntakeBudget;
  /** What outlives the request; never waited for. */
  readonly afterAdmission: (registration: Registration, stored: StoredPublication) => void;
  readonly onOutcome: (outcome: 'stored' | 'refused') => void;
  readonly now: () => number;
}

/** User-scoped content is forgotten this long after its last use could be. */
const userContentGraceMs = 24 * 60 * 60 * 1000;

/** What spends the errors budget: the content is at fault, and not the caller's pace or key. */
const contentFaults: ReadonlySet<ProblemCode> = new Set([
  'malformed-json',
  'forbidden-key',
  'body-too-large',
  'validation-failed',
  'content-too-old',
]);

type AcceptedIntake = Extract<Intake, { ok: true }>;

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

/**
 * `POST /v1/widgets/{widgetId}/publications`: one publication, acknowledged with 202 once it is durable.
 * `?dryRun=true` runs the same code, stores nothing and answers 200.
 */
export function publicationRouter(parts: PublicationRouterParts): Router {
  const router = Router();
  const { keyring, registry, registrations, budget } = parts;
  const turns = createTurns();
  const waitForTurn: RequestHandler = async (request, _response, next) => {
    await turns.take(requireScope(keyring, request, 'publish').team, bytesOf(request));
    next();
  };
  const readBody = runInTurn([...bodyOfAtMost(limits.publicationBytes), waitForTurn]);
  router
    .route('/v1/widgets/:widgetId/publications')
    .post(async (request, response) => {
      const registration = await ownRegistration(request, response);
      const dryRun = dryRunOf(request);
      // Whoever has spent a budget is told so before a byte of the body is read.
      spendBudget(registration, dryRun, response);
      const leave = takePlace(response, budget, registration.manifest.metadata.owner);
      try {
        const intake = await takeIn(registration, dryRun, { request, response });
        if (intake !== undefined) await answer(registration, dryRun, { intake, response });
      } finally {
        leave();
      }
    })
    .all(methodNotAllowed('POST'));
  return router;

  /**
   * From memory when it is there; a widget registered a moment ago on another replica is looked up in the store, as one
   * of the team's requests.
   */
  async function ownRegistration(request: Request, response: Response): Promise<Registration> {
    const { team } = requireScope(keyring, request, 'publish');
    const widget = widgetIdOf(request);
    const known = registry.get(widget);
    if (known === undefined) admitOrRefuse(response, budget.request(team, 0));
    const registration = known ?? (await registrations.read(widget));
    if (registration === undefined) throw new HttpProblem('widget-unknown');
    if (registration.manifest.metadata.owner !== team) throw new HttpProblem('not-your-widget');
    return registration;
  }

  function spendBudget(registration: Registration, dryRun: boolean, response: Response): void {
    if (dryRun) {
      const bytes = announcedBytes(response.req);
      admitOrRefuse(response, budget.request(registration.manifest.metadata.owner, bytes));
      return;
    }
    const spending = budget.publication(registration);
    if (spending.refusal !== undefined) parts.onOutcome('refused');
    admitOrRefuse(response, spending);
  }

  /** Reads and validates; undefined when nobody is there any more to be told of it. */
  async function takeIn(
    registration: Registration,
    dryRun: boolean,
    { request, response }: Exchange,
  ): Promise<AcceptedIntake | undefined> {
    try {
      const { maxBytes } = registration.manifest.spec.budget;
      refuseBeyond(maxBytes, Number(request.headers['content-length'] ?? 0));
      await readBody(request, response);
      if (response.destroyed) return undefined;
      refuseBeyond(maxBytes, bytesOf(request));
      const intake = admitPublication(registration.manifest, readJson(request), parts.now());
      if (!intake.ok) throw new HttpProblem('validation-failed', { ...intake.problem });
      if (intake.verdicts.some(({ code }) => code === 'stale-answer')) throw tooOld();
      if (!dryRun) budget.count(registration, 'valid');
      return intake;
    } catch (error) {
      if (!dryRun && contentFaults.has(toProblem(error).code)) budget.count(registration, 'refused');
      throw error;
    }
  }

  async function answer(
    registration: Registration,
    dryRun: boolean,
    { intake, response }: { readonly intake: AcceptedIntake; readonly response: Response },
  ): Promise<void> {
    const { publication, received, verdicts, warnings } = intake;
    const stored = { publication, digest: publicationDigest(publication), admittedAtMs: parts.now() };
    const notes = dryRun ? await tryOut(registration, stored) : [];
    if (!dryRun) parts.afterAdmission(await admit(registration, stored), stored);
    const receipt: Receipt = {
      widget: registration.manifest.metadata.id,
      version: publication.version,
      audience: publication.audience,
      digest: stored.digest,
      stored: !dryRun,
      received,
      kept: publication.items.length,
      verdicts,
      warnings: [...warnings(), ...notes],
    };
    response.status(dryRun ? 200 : 202).json(receipt);
  }

  /**
   * Stores it under the registration that holds in the store, which this replica may not have heard of yet: what is
   * acknowledged under one that is gone would never be seen. Returns that registration.
   */
  async function admit(registration: Registration, stored: StoredPublication): Promise<Registration> {
    const admission = await parts.publications.admit(admissionRequest(registration, stored));
    const { id, owner } = registration.manifest.metadata;
    const current = await parts.registrations.read(id);
    if (current === undefined || widgetKey(current) !== widgetKey(registration)) {
      await parts.publications.removeWidget(widgetKey(registration));
      if (current === undefined) throw new HttpProblem('widget-unknown');
      if (current.manifest.metadata.owner !== owner) throw new HttpProblem('not-your-widget');
      return admit(current, stored);
    }
    parts.onOutcome(admission.status === 'stored' ? 'stored' : 'refused');
    refuseUnless(admission);
    return registration;
  }

  /** Without the store a dry run still tells all but how the version compares. */
  async function tryOut(registration: Registration, stored: StoredPublication): Promise<ProblemError[]> {
    try {
      refuseUnless(await parts.publications.wouldAdmit(admissionRequest(registration, stored)));
      return [];
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return [{ pointer: '/version', detail: 'was not compared with what is published: the store is away' }];
    }
  }
}

function refuseBeyond(maxBytes: number, bytes: number): void {
  if (bytes > maxBytes) throw new HttpProblem('body-too-large', { maxBytes });
}

const tooOld = (): HttpProblem =>
  new HttpProblem('content-too-old', {
    errors: [{ pointer: '/generatedAt', detail: 'is longer ago than spec.budget.maxAgeMs allows' }],
  });

function admissionRequest(registration: Registration, stored: StoredPublication): AdmissionRequest {
  const { audience } = stored.publication;
  const { staleUntilMs } = lifetimeOf(registration.manifest, stored.publication, stored.admittedAtMs);
  const keepMs = staleUntilMs - stored.admittedAtMs + userContentGraceMs;
  return { widget: widgetKey(registration), audience, stored, keepMs };
}

function refuseUnless(admission: Admission): void {
  if (admission.status === 'stored') return;
  const code = admission.status === 'outdated' ? 'version-outdated' : 'version-reused';
  throw new HttpProblem(code, { currentVersion: admission.currentVersion });
}

function dryRunOf(request: Request): boolean {
  const { dryRun, ...others } = request.query;
  const unknown = Object.keys(others).length > 0;
  if (unknown || (dryRun !== undefined && dryRun !== 'true' && dryRun !== 'false')) {
    throw new HttpProblem('validation-failed', {
      errors: [{ pointer: '/dryRun', detail: 'is the only query parameter, and must be true or false' }],
    });
  }
  return dryRun === 'true';
}
