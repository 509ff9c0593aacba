import {
  contentOf,
  parseReply,
  piecesOf,
  stripCitations,
} from '../../../../../src/domain/answering/reply/citations.ts';
import { ReplyReader } from '../../../../../src/domain/answering/reply/reply-reader.ts';
import { inLinearTime } from '../../../../support/linear.ts';
import { aLine, citing } from '../../../../support/prompt-lines.ts';

const launch = aLine('k7x2m', 62_000, 'The launch moved to May 12.');
const budget = aLine('b2c3d', 90_000, 'It costs more.');
const citable = citing(launch, budget);
const parse = (reply: string) => parseReply(reply, citable);

describe('a reply becomes parts', () => {
  test('a marker that was handed out is a citation, and content numbers it', () => {
    expect(parse('The launch moved to May 12 [^k7x2m].')).toMatchObject({
      content: 'The launch moved to May 12 [1].',
      parts: [
        { type: 'text', text: 'The launch moved to May 12 ' },
        {
          ...{ type: 'citation', recordingId: launch.recordingId, startMs: 62_000, endMs: 72_000 },
          ...{ speaker: 'Ana', quote: 'The launch moved to May 12.', sourceIndex: null },
        },
        { type: 'text', text: '.' },
      ],
    });
  });

  test('a marker that was not handed out is dropped without a trace', () => {
    expect(parse('It moved [^zzzzz].')).toMatchObject({
      content: 'It moved.',
      parts: [{ type: 'text', text: 'It moved.' }],
    });
  });

  test('the same moment keeps its number, another one gets the next', () => {
    expect(parse('A [^k7x2m]. B [^b2c3d]. C [^k7x2m].').content).toBe('A [1]. B [2]. C [1].');
  });

  test.each(['A [^k7x2m, ^b2c3d].', 'A [^k7x2m][^b2c3d].', 'A [^k7x2m] [^b2c3d].', 'A [^k7x2m;b2c3d].'])(
    '%s cites both',
    (reply) => {
      expect(parse(reply).content).toBe('A [1][2].');
    },
  );

  test('a marker glued to its word gets a space', () => {
    expect(parse('May 12[^k7x2m].').content).toBe('May 12 [1].');
  });

  test('a marker that a length stop cut in half never shows', () => {
    expect(parse('May 12 [^k7x').content).toBe('May 12');
  });

  test('a reply that ignores the format is a plain answer', () => {
    const reply = 'Use arr[0] and see [note].\n\n- one\n- two';
    expect(parse(reply)).toMatchObject({ content: reply, parts: [{ type: 'text', text: reply }] });
  });

  test('a reply of nothing but unknown markers is empty', () => {
    expect(parse(' [^zzzzz] ')).toMatchObject({ content: '', parts: [] });
  });

  test('a long run of unclosed markers takes linear time', () => {
    expect(parse('[^'.repeat(50_000)).parts.length).toBeLessThan(2);
  });

  test.each(['[^', '[', ' ', '\t', ' [', '\n'])('a million of %j in a row are read', (one) => {
    const reply = `A${one.repeat(1_000_000 / one.length)}B [^k7x2m]`;
    expect(inLinearTime(() => parse(reply)).parts).toHaveLength(2);
  });
});

test('later prompts see an answer without its citations', () => {
  expect(stripCitations(parse('It moved [^k7x2m]. Why? [^b2c3d] Costs.').parts)).toBe('It moved. Why? Costs.');
});

test('a million blanks in an answer are one in later prompts', () => {
  const { parts } = parse(`A${' '.repeat(1_000_000)}B`);
  expect(inLinearTime(() => stripCitations(parts))).toBe('A B');
});

describe('a reply that comes in pieces', () => {
  const replies = [
    'The launch moved to May 12 [^k7x2m].',
    '\n A  [^k7x2m, ^b2c3d] [^k7x2m]\n\nB[^zzzzz] [1] [^',
    '[^k7x2m][^k7x2m]\n[^k7x2m] and [not a marker] or [^ neither\n one [^k7x2m]  ',
    'Cut off in the middle [^k7x',
    `A [^${'x'.repeat(300)}] is too long for a marker [^b2c3d].`,
    `A${' '.repeat(40)}[^k7x2m]${' \t'.repeat(12)}[^b2c3d] B${' '.repeat(30)}.`,
  ];
  /** Piece by piece, as a listener gets it. */
  const listened = (reply: string, cuts: number[]) => {
    const reader = new ReplyReader(citable);
    const pushed = [0, ...cuts].flatMap((cut, index) => reader.push(reply.slice(cut, cuts[index] ?? reply.length)));
    return [...pushed, ...reader.end()];
  };

  test.each(replies)('wherever it is cut, its pieces make the same answer: %j', (reply) => {
    const { content } = parse(reply);
    const letters = [...reply].map((_, index) => index + 1);
    expect(contentOf(listened(reply, letters))).toBe(content);
    for (const cut of letters) expect(contentOf(listened(reply, [cut]))).toBe(content);
  });

  test('a model that writes nothing but blanks is listened to', () => {
    const reader = new ReplyReader(citable);
    const blanks = ' '.repeat(20);
    const heard = inLinearTime(() => Array.from({ length: 100_000 }, () => reader.push(blanks)).flat());
    expect([...heard, ...reader.push('A.'), ...reader.end()]).toEqual([{ type: 'text', text: 'A.' }]);
  });

  test.each(replies)('no piece shows a part of a marker that was handed out: %j', (reply) => {
    const letters = [...reply].map((_, index) => index + 1);
    for (const piece of listened(reply, letters)) expect(piece.text).not.toMatch(/\^(k7x|b2c)/);
  });

  test.each(replies)('a stored answer has the same pieces as the one that was listened to: %j', (reply) => {
    const { parts, content } = parse(reply);
    const citations = (pieces: ReturnType<typeof piecesOf>) => pieces.filter(({ type }) => type === 'citation');
    expect(contentOf(piecesOf(parts))).toBe(content);
    expect(citations(piecesOf(parts))).toEqual(citations(listened(reply, [5, 9])));
  });
});
