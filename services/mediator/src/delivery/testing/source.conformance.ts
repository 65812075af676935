import type { Content } from '../../intake/content.ts';
import { type Answer, type Ask, absent, cancel, type Source } from '../source.ts';
import { askOf } from './answers.ts';

/** A source under test, and the service behind it. */
export interface SourceUnderTest {
  readonly source: Source;
  /** What the service answers from now on. `nothing` never comes; `broken` is a connection that breaks. */
  answers(what: 'items' | 'abstention' | 'nothing' | 'broken'): void;
  /** How many questions reached the service, and how many of those it saw being let go of. */
  reached(): number;
  letGo(): Promise<number>;
  close(): Promise<void>;
}

/** Waits for what comes over a network, or does not. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

/** What a Source promises, whatever it is made of: every implementation and every decorator runs this. */
export function describeSource(name: string, create: () => Promise<SourceUnderTest>): void {
  describe(`${name} is a source`, () => {
    let under: SourceUnderTest;
    beforeEach(async () => {
      under = await create();
    });
    afterEach(() => under.close());
    const ask = (about: Partial<Ask> = {}) => under.source(askOf(`user=${Math.random()}`, about));

    test('that brings what the service has', async () => {
      under.answers('items');
      const answer = await ask();
      expect(idsOf(answer)).toEqual(['i0', 'i1', 'i2']);
    });

    test('that believes an abstention', async () => {
      under.answers('abstention');
      expect(await ask()).toEqual(absent('abstained'));
    });

    test('that never throws for a fault of the service: it is an answer', async () => {
      under.answers('broken');
      expect(await ask()).toMatchObject({ status: 'absent', code: 'unreachable' });
    });

    test('that ends at once when who asked is gone, and lets the service go', async () => {
      under.answers('nothing');
      const question = askOf();
      const answering = under.source(question);
      while (under.reached() === 0) await soon();
      cancel(question.cancellation);
      expect(await answering).toEqual(absent('abandoned'));
      expect(await under.letGo()).toBe(1);
    });

    test('that does not ask for who was gone before', async () => {
      under.answers('items');
      const question = askOf();
      cancel(question.cancellation);
      expect(await under.source(question)).toEqual(absent('abandoned'));
      await soon();
      expect(under.reached()).toBeLessThanOrEqual(await under.letGo());
    });

    test('that answers each of many questions at once, and each with its own', async () => {
      under.answers('items');
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
      expect(answers.map(idsOf)).toEqual(answers.map(() => ['i0', 'i1', 'i2']));
    });

    test('that works again after a fault', async () => {
      under.answers('broken');
      await ask();
      under.answers('items');
      expect((await ask()).status).toBe('entered');
    });
  });
}

const idsOf = (answer: Answer): string[] | undefined =>
  answer.status === 'entered' ? idsIn(answer.content) : undefined;

const idsIn = ({ candidate }: Content): string[] => candidate.items.map(({ id }) => id);
