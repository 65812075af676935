import { genreStyle, type MotifName, type Palette } from './palettes.ts';
import { seededRandom } from './seededRandom.ts';

/** All that a poster's drawing depends on; the same film always gets the same poster. */
export type PosterPlan = {
  readonly motif: MotifName;
  readonly palette: Palette;
  /** The large letters in the picture, one or two. */
  readonly initials: string;
  readonly era: Era;
  /** Slant of the edge between picture and title, in units of a poster 200 wide. */
  readonly slant: number;
  /** Where the shapes stand. */
  readonly seed: number;
};

/** How the sheet is finished: a printed frame, a striped edge, or full bleed. */
export type Era = 'framed' | 'striped' | 'bleed';

type Film = {
  readonly id: string;
  readonly title: string;
  readonly genre?: string | undefined;
  readonly year?: number | undefined;
};

export function planPoster({ id, title, genre, year }: Film): PosterPlan {
  const seed = hash(id);
  const { motifs, palettes } = genreStyle(genre);
  return {
    // Other bits than the palette's, or each motif would always come in the same colours.
    motif: motifs[(seed >>> 12) % motifs.length] ?? motifs[0],
    palette: palettes[seed % palettes.length] ?? palettes[0],
    initials: initials(title),
    era: era(year),
    slant: Math.round((seededRandom(seed ^ 0x5a5a)() - 0.5) * 28),
    seed,
  };
}

/** Up to two letters: of the first two words that mean something, or the digits that a title begins with. */
export function initials(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  const meaningful = words.filter((word) => !/^(?:the|a|an|of|and|in|on|to|la|le|el|de)$/i.test(word));
  const [first = words[0] ?? '?', second] = meaningful;
  if (/^\p{N}/u.test(first)) return first.slice(0, 2);
  return (first.slice(0, 1) + (second?.slice(0, 1) ?? '')).toUpperCase();
}

type TitleSize = 'xl' | 'l' | 'm' | 's';

/** Capitals to a line and lines to the band under the picture, by size; measured on wide fallback fonts. */
const ROOM: readonly (readonly [TitleSize, { readonly line: number; readonly lines: number }])[] = [
  ['xl', { line: 8, lines: 2 }],
  ['l', { line: 10, lines: 2 }],
  ['m', { line: 12, lines: 3 }],
];

/** The largest size in which the title fits into its band; in the smallest, what does not fit is cut. */
export function titleSize(title: string): TitleSize {
  return ROOM.find(([, { line, lines }]) => linesNeeded(title, line) <= lines)?.[0] ?? 's';
}

/** Broken at spaces and hyphens, as browsers do; a word that is longer than a line fits into none. */
function linesNeeded(title: string, line: number): number {
  let lines = 1;
  let used = 0;
  for (const word of title.split(/(?<=[\s-])/)) {
    if (word.trimEnd().length > line) return Number.POSITIVE_INFINITY;
    if (used + word.trimEnd().length > line) {
      lines += 1;
      used = 0;
    }
    used += word.length;
  }
  return lines;
}

function era(year: number | undefined): Era {
  if (year === undefined || year >= 1990) return 'bleed';
  return year < 1965 ? 'framed' : 'striped';
}

/** FNV-1a, 32 bits: spreads similar ids well enough to choose colours by. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
