/** A piece of an answer: words, or a citation of something. */
export type AnswerPart<Cited> = string | { cited: Cited };

export interface Sentence<Cited> {
  text: string;
  /** What it cites. */
  cited: Cited[];
}

/**
 * The sentences of an answer with what each cites: a citation belongs to the sentence that it stands in or directly follows,
 * also behind the full stop. A line's end ends a sentence; a row of a table is one. Code is left out.
 */
export function sentencesOf<Cited>(parts: readonly AnswerPart<Cited>[]): Sentence<Cited>[] {
  let text = '';
  const citations: { at: number; cited: Cited }[] = [];
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else citations.push({ at: text.length, cited: part.cited });
  }
  const sentences = spansOf(text).map((span) => ({ ...span, cited: [] as Cited[] }));
  for (const { at, cited } of citations) owner(text, sentences, at)?.cited.push(cited);
  return sentences.map(({ from, to, cited }) => ({ text: plain(text.slice(from, to)), cited }));
}

interface Span {
  from: number;
  to: number;
}

function owner<S extends Span>(text: string, sentences: readonly S[], at: number): S | undefined {
  const lineFrom = text.lastIndexOf('\n', at - 1) + 1;
  const before = text.slice(lineFrom, at).trimEnd();
  const place = /[\p{L}\p{N}]/u.test(before) ? lineFrom + before.length - 1 : at;
  const found = sentences.find(({ from, to }) => from <= place && place < to);
  return found ?? sentences.find(({ from }) => from >= at) ?? sentences.at(-1);
}

const FENCED = /^[ \t>]*(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^[ \t>]*\1[^\n]*$|(?![\s\S]))/gm;
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

function spansOf(text: string): Span[] {
  const code = [...text.matchAll(FENCED)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
  const spans: Span[] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    const to = from + line.length;
    const isCode = code.some((block) => block.from <= from && from < block.to);
    if (line.trim() !== '' && !isCode)
      spans.push(...inLine(line).map((s) => ({ from: from + s.from, to: from + s.to })));
    from = to + 1;
  }
  return spans;
}

/** Sentences that `Intl.Segmenter` finds, joined again where a number, an abbreviation or an initial has the full stop. */
function inLine(line: string): Span[] {
  if (/^\s*\|/.test(line)) return [{ from: 0, to: line.length }];
  const spans: Span[] = [];
  for (const { index, segment } of segmenter.segment(line)) {
    const last = spans.at(-1);
    const before = last === undefined ? '' : line.slice(last.from, last.to);
    if (last !== undefined && goesOn(before, segment)) last.to = index + segment.length;
    else spans.push({ from: index, to: index + segment.length });
  }
  return spans;
}

const ABBREVIATION =
  /(?:^|[\s("“„])(?:(?:\p{Lu}\.)*\p{L}|e\.\s?g|i\.\s?e|z\.\s?B|d\.\s?h|u\.\s?a|p\.\s?ej|a\.\s?m|p\.\s?m|vs|etc|approx|ca|circa|incl|est|resp|bzw|usw|inkl|Dr|Mr|Mrs|Ms|Prof|St|No|Nos|Nr|Núm|Abs|Art|vol|pp|pág|Sr|Sra|Mme|Inc|Ltd|Co|Corp|Jr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez|Mio|Mrd|Std|Min|min|max|tel)\.\s*$/u;

function goesOn(before: string, next: string): boolean {
  // A quotation ends behind its full stop.
  if (/^\s*[»”]/.test(next)) return true;
  if (ABBREVIATION.test(before)) return !/\b(?:etc|usw|a\.\s?m|p\.\s?m)\.\s*$/.test(before) || /^\p{Ll}/u.test(next);
  // A list number, a day in German, or the two halves of a number or a time.
  if (/^\s*(?:[-*+>]\s+)*\d{1,3}\.\s*$/.test(before)) return true;
  return (
    /\d\.\s*$/.test(before) &&
    /^(?:\d|\p{Ll}|Januar|Februar|März|April|Mai|Jun|Jul|August|Sept|Okt|Nov|Dez)/u.test(next)
  );
}

/** Without Markdown's own signs, code and the marks of lists; letters that are spelled out, as `L_C_D_`, in one. */
function plain(text: string): string {
  return joinLetters(text)
    .replace(/`[^`]*`/g, ' ')
    .replace(/^\s*(?:>\s*)*(?:(?:[-*+]|\d{1,3}[.)])\s+)?(?:#{1,6}\s+)?/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*{1,3}|~~|(?<![\p{L}\p{N}])_{1,2}|_{1,2}(?![\p{L}\p{N}])/gu, '')
    .replace(/\s*\|\s*/g, ' | ')
    .trim();
}

/** `L_C_D_` and `L C D`, as transcripts of some tools have it, as `LCD`. */
export function joinLetters(text: string): string {
  return text
    .replace(/(?<!\p{L})(?:\p{L}_)+(?:\p{L}\b)?/gu, (letters) => letters.replaceAll('_', ''))
    .replace(/(?<!\p{L})\p{Lu}(?: \p{Lu}){1,5}(?!\p{L}|['’.])/gu, (letters) => letters.replaceAll(' ', ''));
}
