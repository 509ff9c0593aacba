import { LRUCache } from 'lru-cache';
import MiniSearch from 'minisearch';
import { contentWords } from '../../domain/shared/content-words.ts';
import { stemOf } from '../../retrieval-server/search/query-words.ts';
import { linesIn, type PromptLine, type PromptView, viewOf } from './prompt-lines.ts';
import type { Chat } from './protocols/chat-protocol.ts';

const MOST_QUOTES = 3;
const LONGEST_QUOTE = 240;

/** Finds the places of lines. */
type LineIndex = MiniSearch<Omit<PromptLine, 'marker'> & { id: number }>;

/** Caches by the words of the lines, up to this many characters. Sessions often ask about the same transcripts, with other markers. */
const indexes = new LRUCache<string, LineIndex>({
  maxSize: 1024 * 1024,
  sizeCalculation: (_, said) => said.length + 1,
});

/**
 * An answer without a model: it quotes the lines of the prompt that match the question best, with their markers. The lines
 * are quoted and never obeyed.
 */
export function extractiveAnswer(chat: Chat): string {
  const view = viewOf(chat);
  const words = subjectOf(view);
  const lines = bestLines(linesIn(view.shown), words);
  if (lines.length === 0) return notFound(view);
  return lines.map((line) => quote(line, words)).join(' ');
}

/** The content words of the question. A follow-up without any takes those of the last question that has some. */
function subjectOf({ question, earlierQuestions }: PromptView): string[] {
  const asked = [question, ...earlierQuestions.toReversed()].map(contentWords);
  return asked.find((words) => words.length > 0) ?? [];
}

function indexOf(lines: readonly PromptLine[]): LineIndex {
  const said = lines.map(({ speaker, text }) => `${speaker}: ${text}`).join('\n');
  const known = indexes.get(said);
  if (known !== undefined) return known;
  const index: LineIndex = new MiniSearch({
    fields: ['speaker', 'text'],
    processTerm: (term) => stemOf(term.toLowerCase()),
  });
  index.addAll(lines.map(({ speaker, text }, id) => ({ speaker, text, id })));
  indexes.set(said, index);
  return index;
}

/** The best lines by BM25, in spoken order. Empty unless they contain more than a third of the words. */
function bestLines(lines: readonly PromptLine[], words: string[]): PromptLine[] {
  const hits = indexOf(lines)
    .search(words.join(' '))
    .filter((hit) => hit.queryTerms.length > words.length / 3);
  const floor = (hits[0]?.score ?? 0) / 2;
  return hits
    .filter(({ score }) => score >= floor)
    .slice(0, MOST_QUOTES)
    .sort((a, b) => a.id - b.id)
    .map(({ id }) => lines[id] as PromptLine);
}

function quote({ marker, speaker, text }: PromptLine, words: string[]): string {
  const said = `“${excerpt(text, words)}”`;
  return `${speaker === null ? said : `${speaker} said: ${said}`} [^${marker}]`;
}

/** The sentence with most of the words, and what follows it while there is room. */
function excerpt(text: string, words: string[]): string {
  const sentences = text.split(/(?<=[.!?]) +/);
  const stems = new Set(words.map(stemOf));
  const hits = sentences.map((sentence) => contentWords(sentence).filter((word) => stems.has(stemOf(word))).length);
  const start = hits.indexOf(Math.max(...hits));
  let found = sentences[start] as string;
  for (const next of sentences.slice(start + 1)) {
    if (found.length + next.length >= LONGEST_QUOTE) break;
    found += ` ${next}`;
  }
  return found.length > LONGEST_QUOTE ? `${found.slice(0, found.lastIndexOf(' ', LONGEST_QUOTE))} …` : found;
}

function notFound({ isSearch }: PromptView): string {
  const where = isSearch ? 'the recordings that were searched' : 'the recording';
  return `I could not find this in ${where}. [^none]`;
}
