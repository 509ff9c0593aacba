import type { Candidate, Scored } from '../../../../src/domain/answering/ranking/candidate.ts';
import { fuse, weightOfWords } from '../../../../src/domain/answering/ranking/fuse-lists.ts';
import { preferSpeakers } from '../../../../src/domain/answering/ranking/prefer-speakers.ts';
import { select } from '../../../../src/domain/answering/ranking/select-passages.ts';
import { supportNeighbours } from '../../../../src/domain/answering/ranking/support-neighbours.ts';

const passage = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  id: `chk_${name}`,
  recordingId: 'rec_1',
  transcriptionId: 'txn_1',
  index: name.charCodeAt(0),
  text: `${name} says ${name}1 ${name}2 ${name}3 ${name}4 ${name}5`,
  ...more,
});
const scored = (name: string, score: number, more: Partial<Candidate> = {}): Scored => ({
  ...passage(name, more),
  score,
});
const names = (found: readonly Candidate[]) => found.map(({ id }) => id.slice('chk_'.length));

const list = (scores: Record<string, number>, leastScore = 0) => ({
  found: Object.entries(scores).map(([name, indexScore]) => ({ ...passage(name), indexScore })),
  leastScore,
  weight: 1,
});

describe('fuse', () => {
  test('what both lists find good comes before what one finds best', () => {
    expect(names(fuse([list({ a: 10, b: 9 }), list({ c: 5, b: 4 })]))[0]).toBe('b');
  });

  test('a passage that is far ahead in one list stays ahead of one that is just behind in both', () => {
    const found = fuse([list({ a: 10, b: 4 }), list({ c: 10, b: 4 })]);
    expect(names(found)).toEqual(['a', 'c', 'b']);
  });

  test('scores count from the least one of their list, which counts a little', () => {
    const [first, second, last] = fuse([list({ a: 0.8, b: 0.7, c: 0.6 }, 0.6)]);
    expect([first?.score, second?.score, last?.score]).toEqual([1, 0.525, 0.05].map((score) => expect.closeTo(score)));
  });

  test('the best of every list scores 1, and nothing scores more', () => {
    const [first, second] = fuse([list({ a: 3, b: 1 }), list({ a: 0.7 }, 0.7)]);
    expect(first?.score).toBeCloseTo(1);
    expect(second?.score).toBeLessThan(0.5);
  });

  test('nothing found is nothing', () => {
    expect(fuse([list({}), list({})])).toEqual([]);
  });
});

describe('preferSpeakers', () => {
  const text = { a: 'Ana: the launch is late\nBen: yes', b: 'Ben: the launch is late\nAna: yes', c: 'the launch' };
  const ranked = [
    scored('a', 0.9, { text: text.a }),
    scored('b', 0.8, { text: text.b }),
    scored('c', 0.5, { text: text.c }),
  ];

  test('a passage in which a named person says more comes first', () => {
    expect(names(preferSpeakers('What does Ben think of the launch?', ranked))).toEqual(['b', 'a', 'c']);
    expect(names(preferSpeakers('What does Ana think of the launch?', ranked))).toEqual(['a', 'b', 'c']);
  });

  test('a question that names nobody who speaks changes nothing', () => {
    expect(preferSpeakers('What does Eve think of the launch?', ranked)).toEqual(ranked);
  });
});

describe('weightOfWords', () => {
  const question = 'Who pays for the rubber buttons?';
  const of = (text: string) => weightOfWords(question, [passage('a', { text })]);

  test('it grows with the share of the words that the best hit holds, in whatever inflection', () => {
    expect(of('Ana: each button of rubber is paid')).toBeCloseTo(0.29);
    expect(of('Ana: pays for rubber buttons')).toBeCloseTo(0.6);
    expect(of('Ana: the weather is fine')).toBe(0);
  });

  test('a word that only the best hit holds counts more than one that every hit holds', () => {
    const others = Array.from({ length: 30 }, (_, i) => passage(`other ${i}`, { text: 'Ana: a price was said.' }));
    const weight = (text: string) =>
      weightOfWords('What is the price of the babakobado?', [passage('a', { text }), ...others]);
    expect(weight('Ben: the babakobado is cheap.')).toBeGreaterThan(0.5);
    expect(weight('Ben: another price was said.')).toBeLessThan(0.01);
  });

  test('letters outside of the first plane of Unicode are words too', () => {
    expect(weightOfWords('𞤀𞤣𞤤𞤢𞤥?', [passage('a', { text: 'Ana: 𞤀𞤣𞤤𞤢𞤥' })])).toBeCloseTo(0.6);
  });

  test('a list without hits weighs nothing, and a question without content words trusts its words', () => {
    expect(weightOfWords(question, [])).toBe(0);
    expect(weightOfWords('What did they say?', [passage('a')])).toBeCloseTo(0.6);
  });
});

describe('supportNeighbours', () => {
  test('a passage between two good ones overtakes a lonely better one', () => {
    const ranked = [scored('z', 0.6), scored('a', 0.5), scored('c', 0.5), scored('b', 0.45)];
    expect(names(supportNeighbours(ranked))[0]).toBe('b');
  });

  test('the same place in another transcript is no neighbour', () => {
    const ranked = [scored('a', 0.6), scored('b', 0.5, { transcriptionId: 'txn_2' })];
    expect(names(supportNeighbours(ranked))).toEqual(['a', 'b']);
  });

  test('scores stay in [0, 1]', () => {
    const ranked = ['a', 'b', 'c', 'd'].map((name) => scored(name, 1));
    for (const { score } of supportNeighbours(ranked)) expect(score).toBeLessThanOrEqual(1);
  });
});

describe('select', () => {
  test('no more than asked for, best first', () => {
    expect(names(select([scored('a', 0.9), scored('b', 0.8), scored('c', 0.7)], 2))).toEqual(['a', 'b']);
  });

  test('a near repetition is left out, and the next one moves up', () => {
    const text = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');
    const ranked = [
      scored('a', 0.9, { text }),
      scored('b', 0.8, { text: `${text} indeed`, recordingId: 'rec_2' }),
      scored('c', 0.7),
    ];
    expect(names(select(ranked, 2))).toEqual(['a', 'c']);
  });

  test('short passages that merely share words both stay', () => {
    const ranked = [
      scored('a', 0.9, { text: 'Ana: we ship in May' }),
      scored('b', 0.8, { text: 'Ana: we ship in June' }),
    ];
    expect(select(ranked, 2)).toHaveLength(2);
  });

  test('one recording leaves room for another', () => {
    const ranked = [
      ...['a', 'b', 'c', 'd'].map((name, i) => scored(name, 0.9 - i / 100)),
      scored('e', 0.1, { recordingId: 'rec_2' }),
    ];
    expect(names(select(ranked, 4))).toEqual(['a', 'b', 'c', 'e']);
  });

  test('one recording alone may fill the result', () => {
    expect(
      select(
        ['a', 'b', 'c', 'd'].map((name) => scored(name, 0.5)),
        4,
      ),
    ).toHaveLength(4);
  });
});
