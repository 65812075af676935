import { useState } from 'preact/hooks';
import { Header } from './header/header.tsx';
import { HomepageView } from './page/homepageView.tsx';
import { Intro } from './page/intro.tsx';
import { StatusLine } from './page/statusLine.tsx';
import { ExplainPanel } from './panel/explainPanel.tsx';
import { useHomepage } from './useHomepage.ts';
import { useLocation } from './useLocation.ts';
import { useViewers } from './useViewers.ts';

export function App() {
  const viewers = useViewers();
  const [{ persona, deadlineMs }, choose] = useLocation();
  const [state, { retry, adopt }] = useHomepage({ persona, deadlineMs });
  const [explaining, setExplaining] = useState(false);

  const viewer = viewers?.find(({ id }) => id === persona);
  const homepage = state.phase === 'ready' ? state.homepage : undefined;
  return (
    <>
      <a class="skip-link" href="#programme">
        Skip to the programme
      </a>
      <Header
        viewers={viewers}
        chosen={persona}
        onChoose={choose}
        busy={state.phase === 'loading'}
        onExplain={() => setExplaining(true)}
        explainable={homepage !== undefined}
      />
      <main id="programme" tabIndex={-1} aria-busy={state.phase === 'loading'}>
        <Intro viewer={viewer} />
        <StatusLine state={state} viewer={viewer} />
        <HomepageView state={state} persona={persona} onRetry={retry} />
      </main>
      <footer class="colophon">
        <p>
          Nobody watched any of this: the viewers are invented and their histories simulated. Posters are
          drawn by this page; film facts come from the vega-datasets package.
        </p>
      </footer>
      {explaining && homepage && (
        <ExplainPanel homepage={homepage} onExplained={adopt} onClose={() => setExplaining(false)} />
      )}
    </>
  );
}
