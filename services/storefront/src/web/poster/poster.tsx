import { planPoster, titleSize } from '../../poster/posterPlan.ts';
import { Motif } from './motif.tsx';

type Props = {
  id: string;
  title: string;
  genre?: string | undefined;
  year?: number | undefined;
  /** `sheet` is the whole poster with its title; `picture` only what is above it. */
  crop?: 'sheet' | 'picture';
};

/**
 * A film's poster, drawn: no image is downloaded. Decoration for assistive technology, which gets the facts from the
 * card around it.
 */
export function Poster({ id, title, genre, year, crop = 'sheet' }: Props) {
  const { motif, palette, initials, era, slant, seed } = planPoster({ id, title, genre, year });
  const sheet = crop === 'sheet';
  return (
    <span
      class={`poster poster-${crop}`}
      style={{ background: palette.ground, color: palette.ink }}
      aria-hidden="true"
    >
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: decoration, hidden with all of the poster. */}
      <svg
        class="poster-art"
        viewBox={sheet ? '0 0 200 300' : '0 0 200 200'}
        preserveAspectRatio={sheet ? 'xMidYMid meet' : 'xMidYMid slice'}
        focusable="false"
      >
        <text class="poster-initials" x="100" y="176" text-anchor="middle" fill={palette.c}>
          {initials}
        </text>
        <Motif name={motif} palette={palette} seed={seed} />
        {sheet && <path d={`M0 ${196 - slant / 2}L200 ${196 + slant / 2}V300H0z`} fill={palette.ground} />}
        {sheet && <Finish era={era} palette={palette} slant={slant} />}
      </svg>
      {sheet && <span class={`poster-title poster-title-${titleSize(title)}`}>{title}</span>}
    </span>
  );
}

function Finish({ era, palette, slant }: Pick<ReturnType<typeof planPoster>, 'era' | 'palette' | 'slant'>) {
  switch (era) {
    case 'framed':
      return (
        <rect
          x="7"
          y="7"
          width="186"
          height="286"
          fill="none"
          stroke={palette.ink}
          stroke-width="1.5"
          opacity="0.7"
        />
      );
    case 'striped':
      return <path d={`M0 ${196 - slant / 2}L200 ${196 + slant / 2}`} stroke={palette.b} stroke-width="6" />;
    case 'bleed':
      return null;
  }
}
