import type { Viewer } from '../fetchViewers.ts';
import { ViewerSwitch } from './viewerSwitch.tsx';

type Props = {
  viewers: readonly Viewer[] | undefined;
  chosen: string;
  onChoose: (id: string) => void;
  /** A page is on its way: the bulbs run. */
  busy: boolean;
  onExplain: () => void;
  explainable: boolean;
};

export function Header({ viewers, chosen, onChoose, busy, onExplain, explainable }: Props) {
  return (
    <header class="header">
      <div class="header-bar">
        <a class="logo" href="/" aria-label="Marquee, start page">
          {'Marquee'.split('').map((letter, index) => (
            <span class="logo-letter" key={index} aria-hidden="true">
              {letter}
            </span>
          ))}
        </a>
        <ViewerSwitch viewers={viewers} chosen={chosen} onChoose={onChoose} />
        <button
          type="button"
          class="why-button"
          aria-haspopup="dialog"
          aria-disabled={!explainable}
          onClick={() => explainable && onExplain()}
        >
          Why this page?
        </button>
      </div>
      <div class={busy ? 'bulbs bulbs-running' : 'bulbs'} aria-hidden="true" />
    </header>
  );
}
