import { excerptOf } from '../../../../src/clients/console/state/library/excerpt.ts';
import { findQuote } from '../../../../src/clients/console/state/library/find-quote.ts';
import type { Segment } from '../../../../src/clients/sdk/wire-types.ts';

const said = (...texts: string[]): Segment[] =>
  texts.map((text, i) => ({ start: i, end: i + 1, text, speaker: null, confidence: null }));

describe('findQuote', () => {
  test('words of one segment', () => {
    const found = findQuote(said('Well.', 'So the launch  moved to May.', 'Yes.'), 1, 'launch moved to May');
    expect([...found]).toEqual([[1, 'launch moved to May']]);
  });

  test('words that reach over several segments of one line', () => {
    const found = findQuote(said('We open on', 'the sixth of June', 'at nine.'), 0, 'on the sixth of June at');
    expect([...found]).toEqual([
      [0, 'on'],
      [1, 'the sixth of June'],
      [2, 'at'],
    ]);
  });

  test('of two places the one nearest to the moment', () => {
    const found = findQuote(said('Yes, in May.', 'Then what?', 'More of it.', 'Yes, in May.'), 3, 'in May');
    expect([...found]).toEqual([[3, 'in May']]);
  });

  test('nothing in a transcript that says something else by now', () => {
    expect(findQuote(said('The launch moved.'), 0, 'nine thousand').size).toBe(0);
  });
});

describe('excerptOf', () => {
  const passage = `${'Some words before it. '.repeat(20)}The normal batteries are cheap. ${'And after it. '.repeat(40)}`;

  test('the part around the words, which may end otherwise', () => {
    const { text, words } = excerptOf(passage, 'a battery?');
    expect(words).toEqual(['batteries']);
    expect(text).toMatch(/^… .*normal batteries are cheap.* …$/);
    expect(text.length).toBeLessThan(500);
  });

  test('the beginning where a passage was found by its meaning alone', () => {
    expect(excerptOf(passage, 'accumulator').text).toMatch(/^Some words before it\..* …$/);
  });
});
