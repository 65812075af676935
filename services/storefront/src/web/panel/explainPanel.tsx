import { useEffect, useRef } from 'preact/hooks';
import { createNames } from '../../explain/names.ts';
import type { Homepage } from '../fetchHomepage.ts';
import { ConservationBar } from './conservationBar.tsx';
import { MissingList } from './missingList.tsx';
import { SourceChart } from './sourceChart.tsx';
import { TraceFacts } from './traceFacts.tsx';
import { type Explained, useExplanation } from './useExplanation.ts';

type Props = {
  homepage: Homepage;
  onExplained: (homepage: Homepage) => void;
  onClose: () => void;
};

/**
 * A drawer on desktops, a sheet on phones. A native modal dialog: the browser holds the focus inside, closes on Escape
 * and gives the focus back to the button that opened it.
 */
export function ExplainPanel({ homepage, onExplained, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const explanation = useExplanation({ homepage, onExplained });
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is on the backdrop; Escape is the browser's.
    <dialog
      class="panel"
      ref={dialog}
      aria-labelledby="panel-title"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="panel-sheet">
        <div class="panel-head">
          <h2 class="panel-title" id="panel-title">
            Why this page
          </h2>
          <button
            type="button"
            class="panel-close"
            aria-label="Close"
            onClick={() => dialog.current?.close()}
          >
            <span aria-hidden="true">×</span>
          </button>
        </div>
        <div class="panel-body" aria-busy={explanation.phase === 'loading'}>
          {explanation.phase === 'loading' && <p role="status">Asking the mediator for its reasons…</p>}
          {explanation.phase === 'failed' && (
            <div class="panel-note" role="alert">
              <h3>{explanation.failure.title}</h3>
              <p>{explanation.failure.detail}</p>
              <p>The page behind this panel is not affected.</p>
            </div>
          )}
          {explanation.phase === 'ready' && <Explanations explained={explanation.explained} />}
        </div>
      </div>
    </dialog>
  );
}

function Explanations({ explained }: { explained: Explained }) {
  const names = createNames(explained.page);
  return (
    <>
      <TraceFacts explained={explained} />
      <SourceChart explained={explained} names={names} />
      <ConservationBar explained={explained} />
      <MissingList explained={explained} names={names} />
    </>
  );
}
