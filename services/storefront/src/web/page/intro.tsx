import type { Viewer } from '../fetchViewers.ts';

/** Who the page is for. Its height is held while the viewer is not known yet. */
export function Intro({ viewer }: { viewer: Viewer | undefined }) {
  return (
    <div class="intro">
      <h1 class="intro-title">{viewer ? greeting(viewer) : 'Tonight'}</h1>
      <p class="intro-about">
        <span class="intro-words">{viewer?.description}</span>
        {viewer && viewer.id !== 'anonymous' && <span class="simulated">Simulated viewer</span>}
      </p>
    </div>
  );
}

function greeting({ id, name }: Viewer): string {
  return id === 'anonymous' ? 'Tonight, for anyone' : `Tonight for ${name.replace(/^The /, 'the ')}`;
}
