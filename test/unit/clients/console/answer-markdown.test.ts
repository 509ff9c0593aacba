import { answerAsText } from '../../../../src/clients/console/state/answer/answer-as-text.ts';
import { citedSources, markWords } from '../../../../src/clients/console/state/answer/cited-words.ts';
import { readMarkdown, splitWords } from '../../../../src/clients/console/state/answer/markdown.ts';
import type { Piece } from '../../../../src/clients/console/state/answer/pieces.ts';
import type { Source } from '../../../../src/clients/sdk/wire-types.ts';

const text = (words: string): Piece => ({ text: words, citation: null });
const cite = (label: string, source_index = 0): Piece => ({
  text: `[${label}]`,
  citation: {
    recording_id: 'rec_1' as never,
    start_ms: 62_000,
    end_ms: 70_000,
    speaker: 'Ben',
    quote: 'moved to May',
    source_index,
  },
});

/** Each word and citation of the leaves, in order, with the kinds of tokens that they stand in. */
function leavesOf(pieces: Piece[]): string[] {
  const leaves: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const each of value) walk(each, path);
    else if (typeof value === 'object' && value !== null) {
      const { type = '', tokens, items, header, rows, text: words } = value as Record<string, never>;
      const inner = [tokens, items, header, rows].filter(Boolean);
      const here = `${path} ${type}`.trim();
      for (const each of inner) walk(each, here);
      if (inner.length === 0 && typeof words === 'string')
        for (const part of splitWords(words)) leaves.push(`${here}: ${part}`);
    }
  };
  walk(readMarkdown(pieces), '');
  return leaves;
}

describe('readMarkdown', () => {
  test('a citation behind the full stop of bold words ends them', () => {
    expect(leavesOf([text('**It moved.**'), cite('1'), text(' Yes.')])).toEqual([
      'paragraph strong text: It moved.',
      'paragraph text: 1',
      'paragraph text:  Yes.',
    ]);
  });

  test('citations stand in lists, quotes, tables and code', () => {
    const pieces = [
      text('- a '),
      cite('1'),
      text('\n\n> b '),
      cite('2'),
      text('\n\n|x|\n|-|\n|'),
      cite('3'),
      text('|\n\n`c'),
      cite('4'),
      text('`'),
    ];
    expect(
      leavesOf(pieces)
        .filter((leaf) => /: \d+$/.test(leaf))
        .map((leaf) => leaf.split(' ')[0]),
    ).toEqual(['list', 'blockquote', 'table', 'paragraph']);
  });

  test('a citation before a bracket makes no link', () => {
    expect(leavesOf([cite('1'), text('(javascript:alert(1)) and [2]: x')]).join()).not.toContain('link');
  });

  test.each(['<script>alert(1)</script>', '<img src=x onerror=y>', '<div>\nwords\n</div>', '[1]: https://a.example'])(
    '%s stays words',
    (source) => {
      const leaves = leavesOf([text(source)]);
      expect(leaves.join()).not.toMatch(/html|image|link|def/);
      expect(leaves.map((leaf) => leaf.replace(/^.*?: /, '')).join('\n')).toBe(source);
    },
  );

  test('a text with the private character of the marks has no citation by it', () => {
    expect(leavesOf([text('⁅\uE0000\uE000⁆')])).toEqual(['paragraph text: ⁅0⁆']);
  });
});

test('cited sources come first, by their numbers, with the words that are cited', () => {
  const source = (id: string) => ({ chunk_id: id }) as Source;
  const found = citedSources([source('a'), source('b'), source('c')], [cite('1', 2), cite('2', 1), cite('3', 2)]);
  expect(found.map(({ source: { chunk_id }, labels, quotes }) => [chunk_id, labels, quotes])).toEqual([
    ['c', ['1', '3'], ['moved to May']],
    ['b', ['2'], ['moved to May']],
    ['a', [], []],
  ]);
});

test('marked words may have other white space, and signs of patterns are plain', () => {
  const marked = markWords('It  costs\n(9.5 %) now', ['costs (9.5 %)']).filter((part) => part.marked);
  expect(marked.map((part) => part.text)).toEqual(['costs\n(9.5 %)']);
});

test('a whole number or name is not marked inside a longer one', () => {
  const parts = markWords('2 of 12, b_2, 2nd and 2.', ['2'], { whole: true });
  expect(parts.map(({ text: part, marked }) => (marked ? `<${part}>` : part)).join('')).toBe(
    '<2> of 12, b_2, 2nd and <2>.',
  );
});

test('an answer is copied with each citation once', async () => {
  const copied = await answerAsText(
    [text('It moved '), cite('1'), text(', twice '), cite('1'), text('.')],
    async () => 'Sync',
  );
  expect(copied).toBe('It moved [1], twice [1].\n\n[1] “moved to May” — Ben, Sync, 1:02');
});
