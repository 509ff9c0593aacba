import { contentOf, parseReply } from '../../../../../src/domain/answering/reply/citations.ts';
import { cutQuote } from '../../../../../src/domain/answering/reply/cut-quote.ts';
import { type AnswerPiece, ReplyReader } from '../../../../../src/domain/answering/reply/reply-reader.ts';
import { inLinearTime } from '../../../../support/linear.ts';
import { aLine, citing } from '../../../../support/prompt-lines.ts';

const filler = (words: number, word: string) => Array.from({ length: words }, (_, i) => `${word}${i}`).join(' ');
/** A hundred words in a hundred seconds: the price from the 60th on, the colour from the 20th. */
const long = aLine(
  'k7x2m',
  100_000,
  `${filler(20, 'aa')} the case has a yellow colour. ${filler(34, 'bb')} we sell it for twelve fifty Euro then. ${filler(31, 'cc')}`,
  { endMs: 200_000 },
);

describe('a quote', () => {
  test('is all of a short line, with its times', () => {
    const line = aLine('k7x2m', 62_000, 'The launch moved to May 12.');
    expect(cutQuote(line, 'Nothing alike')).toEqual({ quote: line.text, startMs: 62_000, endMs: 72_000 });
  });

  test.each([
    ['It costs €12.50.', 'sell it for twelve fifty Euro then.', 161_000],
    ['The cases are yellow.', 'case has a yellow colour.', 120_000],
  ])('of a long line has what %s says, and begins when that was said', (sentence, words, startMs) => {
    const { quote, ...times } = cutQuote(long, sentence);
    expect(long.text).toContain(quote);
    expect(quote).toContain(words);
    expect(quote.length).toBeLessThanOrEqual(300);
    expect(Math.abs(times.startMs - startMs)).toBeLessThan(4_000);
    expect(times.endMs).toBeGreaterThan(times.startMs);
    expect(times.endMs).toBeLessThan(200_000);
  });

  test('of a long line that has nothing of the sentence is its beginning', () => {
    const { quote, startMs } = cutQuote(long, 'Something else entirely');
    expect(long.text.startsWith(quote)).toBe(true);
    expect(quote.length).toBeGreaterThan(250);
    expect(startMs).toBe(100_000);
  });

  test('is never longer than 300 characters, nor cut in a word', () => {
    const { quote } = cutQuote({ ...long, text: `${'x'.repeat(400)} yellow ${'y'.repeat(400)}` }, 'yellow');
    expect(quote).toBe('yellow');
    expect(cutQuote({ ...long, text: 'x'.repeat(400) }, 'yellow').quote).toHaveLength(300);
  });

  test('of a line of a hundred thousand words takes linear time', () => {
    const text = 'yellow case and '.repeat(33_000);
    expect(inLinearTime(() => cutQuote({ ...long, text }, 'yellow cases')).quote.length).toBeLessThanOrEqual(300);
  });
});

describe('the citations of a reply', () => {
  const reply = 'It costs €12.50 [^k7x2m], and its case is yellow [^k7x2m]. The case is yellow. [^k7x2m]';
  const citable = citing(long);

  test('each quote what stands before them in their sentence, and have a number for each moment', () => {
    const { content, parts, cited } = parseReply(reply, citable);
    const citations = parts.filter((part) => part.type === 'citation');
    expect(citations.map(({ quote }) => quote)).toEqual([
      expect.stringContaining('twelve fifty'),
      expect.stringContaining('yellow'),
      expect.stringContaining('yellow'),
    ]);
    expect(content).toBe('It costs €12.50 [1], and its case is yellow [2]. The case is yellow. [2]');
    expect(cited).toEqual([long, long, long]);
  });

  test('are the same in a stream, wherever it is cut', () => {
    const whole = new ReplyReader(citable);
    const expected = [...whole.push(reply), ...whole.end()];
    const citationsIn = (pieces: AnswerPiece[]) => pieces.filter(({ type }) => type === 'citation');
    for (let cut = 1; cut < reply.length; cut++) {
      const reader = new ReplyReader(citable);
      const pieces = [...reader.push(reply.slice(0, cut)), ...reader.push(reply.slice(cut)), ...reader.end()];
      expect(contentOf(pieces)).toBe(contentOf(expected));
      expect(citationsIn(pieces)).toEqual(citationsIn(expected));
    }
  });
});

test('a token says that nothing answers, and is not shown', () => {
  const { content, saysNotFound } = parseReply('Nobody speaks of it [^none].', citing(long));
  expect({ content, saysNotFound }).toEqual({ content: 'Nobody speaks of it.', saysNotFound: true });
  expect(parseReply('Write `[^none]` (none).', citing(long)).saysNotFound).toBe(false);
});
