import type { Candidate, Scored } from '../../../../src/domain/answering/ranking/candidate.ts';
import { fuse, weightOfWords } from '../../../../src/domain/answering/ranking/fuse-lists.ts';
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

const equally = (found: Candidate[]) => ({ found, weight: 1 });

describe('fuse', () => {
  test('what both lists place high comes before what one places first', () => {
    const lists = [
      [passage('a'), passage('b')],
      [passage('c'), passage('b')],
    ];
    expect(names(fuse(lists.map(equally)))[0]).toBe('b');
  });

  test('the first place in every list scores 1, and nothing scores more', () => {
    const [first, second] = fuse([[passage('a'), passage('b')], [passage('a')]].map(equally));
    expect(first?.score).toBeCloseTo(1);
    expect(second?.score).toBeLessThan(0.5);
  });

  test('one list keeps its order', () => {
    expect(names(fuse([equally(['c', 'a', 'b'].map((name) => passage(name)))]))).toEqual(['c', 'a', 'b']);
  });

  test('nothing found is nothing', () => {
    expect(fuse([[], []].map(equally))).toEqual([]);
  });
});

describe('weightOfWords', () => {
  const question = 'Who pays for the rubber buttons?';
  const of = (text: string) => weightOfWords(question, [passage('a', { text })]);

  test('it grows with the share of the words that the best hit holds, in whatever inflection', () => {
    expect(of('Ana: each button of rubber is paid')).toBeCloseTo(0.4);
    expect(of('Ana: pays for rubber buttons')).toBeCloseTo(0.6);
    expect(of('Ana: the weather is fine')).toBe(0);
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
