import type { Verdict, Why } from '@widget-mediator/contracts';
import type { Candidate } from './candidate.ts';
import type { CompositionInput, PlacedCandidate } from './composition.ts';
import { itemHash } from './itemHash.ts';
import { isTakenDown } from './takenDownPlaces.ts';
import { sentenceOf } from './whySentence.ts';

/** A finished page, as explaining needs it. */
interface Explained {
  readonly input: CompositionInput;
  readonly placed: readonly PlacedCandidate[];
  readonly verdicts: readonly Verdict[];
}

/**
 * Why a widget or an item, by id, is not on the page: one chain of verdicts from it down to what is there instead.
 * Undefined when no candidate has that id nor an item of it. For an item that several widgets hold, the chain of the
 * widget that stands highest on the page speaks, or else of the one that was nearest to being shown.
 */
export function whyOf(subject: string, page: Explained): Why | undefined {
  const { input, placed } = page;
  if (input.candidates.some(({ widget }) => widget === subject)) return whyOfWidget(subject, page);
  const all = input.candidates.filter(({ items }) => items.some(({ id }) => id === subject));
  const [first] = all;
  if (first === undefined) return undefined;
  const holders = all.filter((holder) => !holdsWhatIsTakenDown(holder, subject, page));
  if (holders.length === 0) {
    const verdict: Verdict = { code: 'taken-down', widget: first.widget, item: subject };
    return answer(page, { subject, present: false, chain: [verdict] });
  }
  const barred = barOf(subject, holders, page);
  if (barred !== undefined) return answer(page, { subject, present: false, chain: [barred] });
  const shownBy = placed.find(({ candidate, shown }) =>
    shown.some((place) => candidate.items[place]?.id === subject),
  );
  if (shownBy !== undefined) {
    return answer(page, { subject, present: true, chain: [], where: shownBy });
  }
  const onPage = placed.find(({ candidate }) => holders.includes(candidate));
  if (onPage !== undefined) return whyNotDisplayed(subject, onPage, page);
  const verdicts = holders.flatMap(({ widget }) => widgetVerdict(widget, page) ?? []);
  const nearest = verdicts.sort((a, b) => (nearness(a) < nearness(b) ? -1 : 1))[0];
  return answer(page, { subject, present: false, chain: nearest === undefined ? [] : [nearest] });
}

/** Of another type, an item of the same id is another. */
const holdsWhatIsTakenDown = ({ items }: Candidate, item: string, { input }: Explained): boolean => {
  const { takenDown } = input.context;
  return takenDown !== undefined && items.some((one) => one.id === item && isTakenDown(one, takenDown));
};

/** What keeps an item from this viewer, whoever holds it. */
function barOf(item: string, holders: readonly Candidate[], { input }: Explained): Verdict | undefined {
  const { dismissed, above } = input.context;
  const [holder] = holders;
  const key = holder?.items.find(({ id }) => id === item)?.keys.item;
  if (holder === undefined || key === undefined) return undefined;
  if (dismissed.includes(item)) return { code: 'dismissed', widget: holder.widget, item };
  return above?.items.has(itemHash(key)) === true
    ? { code: 'shown-above', widget: holder.widget, item }
    : undefined;
}

function whyOfWidget(subject: string, page: Explained): Why {
  const where = page.placed.find(({ candidate }) => candidate.widget === subject);
  const verdict = widgetVerdict(subject, page);
  return answer(page, {
    subject,
    present: where !== undefined,
    chain: verdict === undefined ? [] : [verdict],
    ...(where && { where }),
  });
}

/** An item of a widget on the page: its verdict, or that it waits in reserve. */
function whyNotDisplayed(subject: string, where: PlacedCandidate, page: Explained): Why {
  const verdict = page.verdicts.find(
    ({ widget, item }) => widget === where.candidate.widget && item === subject,
  );
  return answer(page, { subject, present: false, chain: verdict === undefined ? [] : [verdict], where });
}

const widgetVerdict = (id: string, { verdicts }: Explained): Verdict | undefined =>
  verdicts.find(({ widget, item }) => widget === id && item === undefined);

/** Who was outranked was nearer than who was too small, and that nearer than who was never in the contest. */
function nearness({ code, widget }: Verdict): string {
  const order = [
    'outranked',
    'team-capped',
    'too-few-after-caps',
    'too-few-after-dedupe',
    'too-few-for-viewer',
    'too-few-after-takedown',
  ];
  const at = order.indexOf(code);
  return `${at === -1 ? order.length : at}/${widget}`;
}

function answer(
  page: Explained,
  found: {
    readonly subject: string;
    readonly present: boolean;
    readonly chain: Verdict[];
    readonly where?: PlacedCandidate;
  },
): Why {
  const { subject, present, chain } = found;
  return { subject, present, chain, sentence: sentenceOf(found, page.placed) };
}
