import type { Failure } from '../fetchJson.ts';

export function Failed({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  return (
    <div class="failed" role="alert">
      <p class="failed-sign" aria-hidden="true">
        Intermission
      </p>
      <h2 class="failed-title">We could not get tonight’s programme</h2>
      <p>
        {failure.title}. {failure.detail}
      </p>
      <button type="button" class="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
