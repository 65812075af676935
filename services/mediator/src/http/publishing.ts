import type { ProblemCode, ProblemError, Registration, TeamId } from '@widget-mediator/contracts';
import type { PublicationHead } from '../intake/admitPublication.ts';
import { lifetimeOf } from '../intake/content.ts';
import type { IntakeBudget, Spending } from '../intake/intakeBudget.ts';
import type { Registry } from '../registry/registry.ts';
import type { IdempotencyStore } from '../store/idempotencyStore.ts';
import type { Admission, AdmissionRequest, PublicationStore } from '../store/publicationStore.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import { type Storable, storable } from '../store/storedPublication.ts';
import { StoreUnavailable } from '../store/storeUnavailable.ts';
import { widgetKey } from '../store/widgetKey.ts';
import { HttpProblem } from './httpProblem.ts';
import { type Done, onceOnly } from './onceOnly.ts';
import { publicationIdOf, receiptOf } from './receiptOf.ts';
import type { Submission, Submitted } from './submission.ts';
import { refuseOld, takeIn } from './takeIn.ts';

export interface PublishingParts {
  readonly registry: Registry;
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly idempotency: IdempotencyStore;
  readonly budget: IntakeBudget;
  readonly onOutcome: (outcome: 'stored' | 'refused') => void;
  readonly now: () => number;
}

/** What a publication goes through, whether it came alone or as one of many. Every method throws `HttpProblem` to refuse. */
export interface Publishing {
  /**
   * The registration of a widget of the team. From memory when it is there; a widget registered a moment ago on another
   * replica is looked up in the store, which `onLookUp` may refuse.
   */
  owned(team: TeamId, widget: string, onLookUp: (spending: Spending) => void): Promise<Registration>;
  /** Spends what one publication costs, or a dry run of so many bytes; the caller refuses. */
  spend(registration: Registration, dryRun: boolean, bytes: number): Spending;
  /** Validates and stores it; durable once it resolves. */
  submit(submission: Submission): Promise<Submitted>;
}

export function createPublishing(parts: PublishingParts): Publishing {
  const { registry, registrations, publications, budget } = parts;

  return {
    async owned(team, widget, onLookUp) {
      const known = registry.get(widget);
      if (known === undefined) onLookUp(budget.request(team, 0));
      const registration = known ?? (await registrations.read(widget));
      if (registration === undefined) throw new HttpProblem('widget-unknown');
      if (registration.manifest.metadata.owner !== team) throw new HttpProblem('not-your-widget');
      return registration;
    },

    spend(registration, dryRun, bytes) {
      if (dryRun) return budget.request(registration.manifest.metadata.owner, bytes);
      const spending = budget.publication(registration);
      if (spending.refusal !== undefined) parts.onOutcome('refused');
      return spending;
    },

    async submit(submission) {
      const intake = await takeIn(parts, submission);
      const { publication } = intake;
      const nowMs = parts.now();
      const candidate = { head: publication, ...storable(publication.version, intake.json(), nowMs) };
      const { digest } = candidate;
      await submission.inTurn?.(publication.audience);
      if (submission.dryRun) {
        const notes = await tryOut(submission.registration, candidate);
        return {
          receipt: receiptOf(submission.registration, intake, { nowMs, digest, notes }),
          replayed: false,
        };
      }
      const { answer, replayed } = await once(
        submission.registration,
        { identity: intake.identity, digest },
        async () => {
          refuseOld(intake);
          const registration = await admit(submission.registration, candidate);
          return publicationIdOf(registration, publication);
        },
      );
      // Its content being the same, so is all else that a receipt says.
      return {
        receipt: receiptOf(submission.registration, intake, { nowMs, digest, publication: answer }),
        replayed,
      };
    },
  };

  async function once(
    registration: Registration,
    { identity, digest }: { readonly identity: string | undefined; readonly digest: string },
    work: () => Promise<string>,
  ): Promise<Done> {
    if (identity === undefined) return { answer: await work(), replayed: false };
    const { id, owner: team } = registration.manifest.metadata;
    return onceOnly(
      parts.idempotency,
      { team, identity, fingerprint: `${id}:${digest}`, atMs: parts.now() },
      work,
    );
  }

  /**
   * Stores it under the registration that holds in the store, which this replica may not have heard of yet: what is
   * acknowledged under one that is gone would never be seen. Returns that registration.
   */
  async function admit(registration: Registration, candidate: Candidate): Promise<Registration> {
    const admission = await publications.admit(admissionRequest(registration, candidate));
    const { id, owner } = registration.manifest.metadata;
    const current = await registrations.read(id);
    if (current === undefined || widgetKey(current) !== widgetKey(registration)) {
      await publications.removeWidget(widgetKey(registration));
      if (current === undefined) throw new HttpProblem('widget-unknown');
      if (current.manifest.metadata.owner !== owner) throw new HttpProblem('not-your-widget');
      return admit(current, candidate);
    }
    parts.onOutcome(admission.status === 'stored' ? 'stored' : 'refused');
    refuseUnless(admission);
    return registration;
  }

  /** Without the store a dry run still tells all but how the version compares. */
  async function tryOut(registration: Registration, candidate: Candidate): Promise<ProblemError[]> {
    try {
      refuseUnless(await publications.wouldAdmit(admissionRequest(registration, candidate)));
      return [];
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return [{ pointer: '/version', detail: 'was not compared with what is published: the store is away' }];
    }
  }
}

/** What is to be stored, and what it says of itself. */
interface Candidate extends Storable {
  readonly head: PublicationHead;
}

function admissionRequest(registration: Registration, { head, ...kept }: Candidate): AdmissionRequest {
  const { staleUntilMs } = lifetimeOf(registration.manifest, head, kept.admittedAtMs);
  return { widget: widgetKey(registration), audience: head.audience, ...kept, overAtMs: staleUntilMs };
}

const refusals = {
  outdated: 'version-outdated',
  reused: 'version-reused',
  withdrawn: 'version-withdrawn',
} as const satisfies Record<Exclude<Admission['status'], 'stored'>, ProblemCode>;

function refuseUnless(admission: Admission): void {
  if (admission.status === 'stored') return;
  throw new HttpProblem(refusals[admission.status], { currentVersion: admission.currentVersion });
}
