import { Fragment } from 'preact';
import { missingItems } from '../../explain/missingItems.ts';
import { missingWidgets } from '../../explain/missingWidgets.ts';
import type { Names } from '../../explain/names.ts';
import type { Explained } from './useExplanation.ts';

type Props = { explained: Explained; names: Names };

/** A sentence for everything that is not on the page. */
export function MissingList({ explained: { page, trace, meanings }, names }: Props) {
  const widgets = missingWidgets(page, trace.verdicts, { names, meanings });
  const items = missingItems(trace.verdicts, { names, meanings });
  return (
    <section class="panel-section" aria-labelledby="missing-title">
      <h3 class="panel-subtitle" id="missing-title">
        What is missing
      </h3>
      {widgets.length === 0 && items.length === 0 && (
        <p>Nothing: all that came is on the page or in reserve.</p>
      )}
      {widgets.length > 0 && (
        <ul class="missing">
          {widgets.map(({ key, code, sentence }) => (
            <li class="missing-entry" key={key}>
              <Code code={code} />
              {sentence}
            </li>
          ))}
        </ul>
      )}
      {items.map(({ key, code, reason, count, losses }) => (
        <Fragment key={key}>
          <h4 class="panel-caption">
            {reason}: {count === 1 ? '1 item' : `${count} items`}
            <Code code={code} />
          </h4>
          <ul class="missing">
            {losses.map(({ widget, sentence, others }) => (
              <li class="missing-entry" key={widget}>
                {sentence}
                {others.length > 0 && (
                  <details class="missing-others">
                    <summary>The others</summary>
                    {others.join(', ')}
                  </details>
                )}
              </li>
            ))}
          </ul>
        </Fragment>
      ))}
    </section>
  );
}

function Code({ code }: { code: string }) {
  return <code class="missing-code">{code}</code>;
}
