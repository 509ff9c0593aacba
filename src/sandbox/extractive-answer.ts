import { LRUCache } from 'lru-cache';
import MiniSearch from 'minisearch';
import { contentWords } from '../domain/content-words.ts';
import type { Chat } from './chat.ts';
import { stemOf } from './pinecone/words.ts';
import { linesIn, type PromptLine, type PromptView, viewOf } from './prompt-lines.ts';

const MOST_QUOTES = 3;
const LONGEST_QUOTE = 240;

interface Searchable {
  lines: PromptLine[];
  index: MiniSearch<PromptLine & { id: number }>;
}

/** By what was shown, of as many characters: the turns of a session mostly ask about the same transcript. */
const searchables = new LRUCache<string, Searchable>({
  maxSize: 1024 * 1024,
  sizeCalculation: (_, shown) => shown.length + 1,
});

/**
 * An answer without a model: the lines of the prompt that say most about the question, quoted with their markers. What
 * the lines say is only ever quoted, never obeyed.
 */
export function extractiveAnswer(chat: Chat): string {
  const view = viewOf(chat);
  const words = subjectOf(view);
  const lines = bestLines(searchable(view.shown), words);
  if (lines.length === 0) return notFound(view);
  return lines.map((line) => quote(line, words)).join(' ');
}

/** The question's content words; a follow-up without any borrows those of the nearest question that has some. */
function subjectOf({ question, earlierQuestions }: PromptView): string[] {
  const asked = [question, ...earlierQuestions.toReversed()].map(contentWords);
  return asked.find((words) => words.length > 0) ?? [];
}

function searchable(shown: string): Searchable {
  const known = searchables.get(shown);
  if (known !== undefined) return known;
  const lines = linesIn(shown);
  const index: Searchable['index'] = new MiniSearch({
    fields: ['speaker', 'text'],
    processTerm: (term) => stemOf(term.toLowerCase()),
  });
  index.addAll(lines.map((line, id) => ({ ...line, id })));
  searchables.set(shown, { lines, index });
  return { lines, index };
}

/** The best lines by BM25, in the order in which they were said; none unless they speak of more than a third of the words. */
function bestLines({ lines, index }: Searchable, words: string[]): PromptLine[] {
  const hits = index.search(words.join(' ')).filter((hit) => hit.queryTerms.length > words.length / 3);
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

/** The sentence that speaks most of the words, and what follows it as far as there is room. */
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
  return isSearch
    ? 'I could not find this in the recordings that were searched.'
    : 'I could not find this in the recording.';
}
