/** The colours of one poster: flat, like cut paper. `ink` is legible on `ground` (AA, held by a test). */
export type Palette = {
  readonly ground: string;
  readonly ink: string;
  readonly a: string;
  readonly b: string;
  readonly c: string;
};

/** What a poster's picture can be of. */
export type MotifName =
  | 'aperture'
  | 'balloons'
  | 'bars'
  | 'blinds'
  | 'checks'
  | 'chevrons'
  | 'confetti'
  | 'discs'
  | 'doorway'
  | 'halftone'
  | 'horizon'
  | 'letter'
  | 'mesa'
  | 'moon'
  | 'pair'
  | 'projector'
  | 'rays'
  | 'ridges'
  | 'rings'
  | 'shards'
  | 'skyline'
  | 'teeth'
  | 'tent'
  | 'waves';

export type GenreStyle = {
  readonly motifs: readonly [MotifName, ...MotifName[]];
  readonly palettes: readonly [Palette, ...Palette[]];
};

const palette = (ground: string, ink: string, [a, b, c]: readonly [string, string, string]): Palette => ({
  ground,
  ink,
  a,
  b,
  c,
});

/** A few motifs and palettes each, so that a row of one genre reads as one family and not as one poster. */
const styles: Readonly<Record<string, GenreStyle>> = {
  Drama: {
    motifs: ['discs', 'doorway', 'horizon'],
    palettes: [
      palette('#1d2b4a', '#f5ead7', ['#d4603f', '#edb183', '#3b5384']),
      palette('#f0e2c8', '#2a1d1a', ['#c14a32', '#2f4a6d', '#d9a54f']),
      palette('#5a2333', '#fbe9d9', ['#e8a15b', '#b84a4a', '#7f3c4c']),
      palette('#24413c', '#f3ecd8', ['#d98e4a', '#e9cfa0', '#3c655d']),
    ],
  },
  Comedy: {
    motifs: ['confetti', 'tent', 'balloons'],
    palettes: [
      palette('#ffcf3f', '#2b1708', ['#e8415f', '#118a6b', '#fff3cf']),
      palette('#0e6d5e', '#fff6df', ['#ffcb47', '#f4705a', '#0a5348']),
      palette('#f06449', '#2a0f08', ['#ffe08a', '#1f4f7a', '#f99b7d']),
    ],
  },
  Action: {
    motifs: ['shards', 'chevrons', 'skyline'],
    palettes: [
      palette('#b3121d', '#fff3e2', ['#1a0d0d', '#ffb32c', '#7c0b13']),
      palette('#17191d', '#f6efe2', ['#f0531c', '#ffc145', '#33373f']),
      palette('#ff9f1c', '#1f1206', ['#1c2a3a', '#c9301c', '#ffd27a']),
    ],
  },
  Adventure: {
    motifs: ['ridges', 'waves'],
    palettes: [
      palette('#0d5750', '#fdf1d6', ['#f3a24f', '#12766a', '#083a36']),
      palette('#f2d7a1', '#2c2010', ['#e0683c', '#5f8f82', '#2f5d5b']),
      palette('#28406b', '#f8ecd5', ['#f4c064', '#466aa0', '#172848']),
    ],
  },
  'Thriller/Suspense': {
    motifs: ['rings', 'blinds'],
    palettes: [
      palette('#121417', '#f1efe7', ['#e33f3f', '#f1efe7', '#2c3138']),
      palette('#e7552c', '#1b0a04', ['#1b0a04', '#fbe6cf', '#b93a17']),
      palette('#16343b', '#eaf2ea', ['#d7e26b', '#8fb3ad', '#0b2126']),
    ],
  },
  Horror: {
    motifs: ['teeth', 'moon'],
    palettes: [
      palette('#1a0a12', '#f9dfd9', ['#c11a2f', '#f2e6d4', '#4c0f1e']),
      palette('#8f1020', '#fdeadf', ['#16080c', '#f2e6d4', '#5d0914']),
      palette('#1c2418', '#e6efcf', ['#9fc131', '#eef4d8', '#37472a']),
    ],
  },
  'Romantic Comedy': {
    motifs: ['pair', 'letter'],
    palettes: [
      palette('#f8bcc8', '#430f28', ['#d62846', '#fff1f2', '#f0839c']),
      palette('#a32450', '#ffeef0', ['#ff9aa8', '#ffd08a', '#7c1739']),
      palette('#ffe3d3', '#47182a', ['#ee6c5a', '#7d5ba6', '#ffc2a8']),
    ],
  },
  Musical: {
    motifs: ['bars'],
    palettes: [
      palette('#3a1a72', '#fff2d4', ['#ffb42a', '#ea4b74', '#5831a8']),
      palette('#0f2f57', '#fdf0d9', ['#f05d5e', '#ffc857', '#1d5190']),
    ],
  },
  Documentary: {
    motifs: ['halftone'],
    palettes: [
      palette('#e8e2d1', '#1f2c38', ['#26394a', '#d2473f', '#b5b7ac']),
      palette('#26394a', '#efe9da', ['#dfe5e0', '#f0a63c', '#3f5569']),
    ],
  },
  Western: {
    motifs: ['mesa'],
    palettes: [
      palette('#e39547', '#2c1206', ['#7c2d14', '#fbe4b6', '#b9562c']),
      palette('#5b2415', '#fde7c7', ['#e9903f', '#f7cf87', '#84391f']),
    ],
  },
  'Black Comedy': {
    motifs: ['checks'],
    palettes: [
      palette('#f1eee4', '#151515', ['#151515', '#e5b700', '#8b8a80']),
      palette('#151515', '#f4f0e4', ['#f4f0e4', '#d94f70', '#4a4a48']),
    ],
  },
  'Concert/Performance': {
    motifs: ['rays'],
    palettes: [
      palette('#111a36', '#eef2ff', ['#12b5d2', '#f23d86', '#37209a']),
      palette('#2c0f3d', '#fbeaff', ['#ffb400', '#ff5d8f', '#552a75']),
    ],
  },
};

const unclassified: GenreStyle = {
  motifs: ['aperture', 'projector'],
  palettes: [
    palette('#39342f', '#f7ebd9', ['#d8a33e', '#93836d', '#544d46']),
    palette('#d8cdb8', '#2b241c', ['#8a5a3b', '#4f5d57', '#b9aa8f']),
    palette('#27363a', '#f0ead9', ['#c9b26b', '#6d8a8c', '#3d5156']),
  ],
};

/** The genres with a style of their own. */
export const styledGenres: readonly string[] = Object.keys(styles);

/** A genre we do not know is drawn like one that is not known. */
export function genreStyle(genre: string | undefined): GenreStyle {
  return (genre !== undefined && Object.hasOwn(styles, genre) ? styles[genre] : undefined) ?? unclassified;
}
