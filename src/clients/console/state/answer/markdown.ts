import { Marked, type MarkedToken, type Token } from 'marked';
import type { Piece } from './pieces.ts';

/**
 * Reads the Markdown of an answer. HTML, link definitions and bare addresses are plain words, so that nothing of an
 * answer can load, run or lead anywhere. Each citation stands in the words as a mark that `splitWords` finds.
 */
export function readMarkdown(pieces: readonly Piece[]): MarkedToken[] {
  const source = pieces.map(({ text, citation }, index) => (citation === null ? withoutMarks(text) : markOf(index)));
  return knownTokens(reader.lexer(source.join('')));
}

const reader = new Marked({
  gfm: true,
  breaks: true,
  tokenizer: {
    html: () => undefined,
    def: () => undefined,
    url: () => undefined,
    tag: () => undefined,
  },
  extensions: [
    {
      // Models write <br> in cells of tables, where Markdown has no line breaks.
      name: 'br',
      level: 'inline',
      start: (text) => /<br *\/?>/i.exec(text)?.index,
      tokenizer: (text) => {
        const [raw] = /^<br *\/?>/i.exec(text) ?? [];
        return raw === undefined ? undefined : { type: 'br', raw };
      },
    },
  ],
});

// Punctuation outside, because Markdown ends bold words before punctuation; a private character inside, which no text has.
const markOf = (index: number) => `⁅\uE000${index}\uE000⁆`;
const MARK = /⁅\uE000(\d+)\uE000⁆/;

function withoutMarks(text: string): string {
  return text.replaceAll('\uE000', '');
}

/** Words, and the indexes of the pieces that are cited between them. */
export function splitWords(text: string): (string | number)[] {
  return text.split(MARK).flatMap((part, i) => (i % 2 === 1 ? Number(part) : part === '' ? [] : decodeEntities(part)));
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' };

function decodeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '');
}

/** The tokens that Markdown itself has; there are others only with extensions. */
export function knownTokens(tokens: readonly Token[] = []): MarkedToken[] {
  return tokens.filter((token): token is MarkedToken => KNOWN.has(token.type));
}

const KNOWN = new Set<string>([
  'blockquote',
  'br',
  'checkbox',
  'code',
  'codespan',
  'del',
  'em',
  'escape',
  'heading',
  'hr',
  'image',
  'link',
  'list',
  'paragraph',
  'space',
  'strong',
  'table',
  'text',
] satisfies MarkedToken['type'][]);
