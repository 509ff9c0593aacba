import { describe, expect, test } from '@jest/globals';
import { choosePassages, type Passage, runsOf } from '../../../../../src/domain/answering/context/choose-passages.ts';

const BUDGET = 1_000;
const nothing = { transcripts: [], passages: [] };

describe('filling a budget', () => {
  test('takes the best until it is full, and what is too long gives its place to the next', () => {
    const ranked = [passage('a', 0, 400), passage('a', 7, 700), passage('a', 1, 400)];
    const { shown, passages, tokens } = choosePassages(BUDGET, nothing, ranked);
    expect(shown).toEqual([{ transcriptionId: 'txn_a', runs: [[0, 1]] }]);
    expect(passages.map(({ index }) => index)).toEqual([0, 1]);
    expect(tokens).toBeLessThanOrEqual(BUDGET);
  });

  test('no passage is taken twice', () => {
    const named = {
      transcripts: [{ transcriptionId: 'txn_a' as const, tokens: 5_000 }],
      passages: [passage('a', 3, 300)],
    };
    const { shown, passages } = choosePassages(BUDGET, named, [passage('a', 3, 300), passage('b', 0, 300)]);
    expect(passages).toHaveLength(2);
    expect(shown).toContainEqual({ transcriptionId: 'txn_a', runs: [[3, 3]] });
  });

  test('what is named is shown whole where it fits three quarters, and the rest follows', () => {
    const named = { transcripts: [{ transcriptionId: 'txn_a' as const, tokens: 700 }], passages: [] };
    const { shown } = choosePassages(BUDGET, named, [passage('a', 2, 300), passage('b', 0, 200)]);
    expect(shown).toEqual([{ transcriptionId: 'txn_a' }, { transcriptionId: 'txn_b', runs: [[0, 0]] }]);
  });

  test('what is named and longer leaves a quarter to the rest', () => {
    const inNamed = Array.from({ length: 20 }, (_, i) => passage('a', i, 100));
    const named = { transcripts: [{ transcriptionId: 'txn_a' as const, tokens: 2_000 }], passages: inNamed };
    const { passages } = choosePassages(BUDGET, named, [passage('b', 0, 150)]);
    expect(passages.filter(({ transcriptionId }) => transcriptionId === 'txn_a')).toHaveLength(6);
    expect(passages.filter(({ transcriptionId }) => transcriptionId === 'txn_b')).toHaveLength(1);
  });
});

test('places that follow each other are one run', () => {
  expect(runsOf([4, 1, 0, 9, 5])).toEqual([
    [0, 1],
    [4, 5],
    [9, 9],
  ]);
});

function passage(transcript: string, index: number, tokens: number): Passage {
  const id = `chk_${transcript}${index}` as const;
  return { id, transcriptionId: `txn_${transcript}`, index, tokens, score: 1 - index / 100 };
}
