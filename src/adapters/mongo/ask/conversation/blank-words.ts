import { isDeepStrictEqual } from 'node:util';
import { withoutQuotes, withoutTranscriptWords } from '../../../../domain/ask/erased-words.ts';
import type { StoredAnswer } from '../../collections/ask-documents.ts';
import type { SessionCollections } from '../ask-collections.ts';

/**
 * What goes of a recording that is erased while a session that cites it stays: its words go, and everything keeps its place.
 * Each function returns whether there were any words.
 */

export async function blankAnswer(
  messages: SessionCollections['messages'],
  id: string,
  recordingIds: readonly string[],
): Promise<boolean> {
  const message = await messages.get(id);
  if (message?.role !== 'assistant') return false;
  const erased = withoutWordsOf(recordingIds, message);
  if (isDeepStrictEqual(erased, message)) return false;
  const { sources, parts, grounding, retrieval } = erased;
  // Whoever blanks another recording's words beside this may lose to this update: each looks again until nothing is left.
  await messages.update(id, { $set: { sources, parts, grounding, retrieval } });
  return true;
}

/** A batch of an answer on its way, which stays for subscribers that resume. */
export async function blankBatch(
  batches: SessionCollections['batches'],
  id: string,
  recordingIds: readonly string[],
): Promise<boolean> {
  const batch = await batches.get(id);
  if (batch === null) return false;
  const pieces = withoutQuotes(batch.pieces, (recordingId) => recordingIds.includes(recordingId));
  if (isDeepStrictEqual(pieces, batch.pieces)) return false;
  await batches.update(id, { $set: { pieces } });
  return true;
}

/** The recordings that an answer has words of. */
export function quotedIn({ sources, recordingIds }: StoredAnswer): string[] {
  return [...sources.map(({ recordingId }) => recordingId), ...recordingIds];
}

/** An answer without the words of these recordings. Sources keep their places, because citations point to them. */
export function withoutWordsOf(recordingIds: readonly string[], answer: StoredAnswer): StoredAnswer {
  const isErased = (id: string) => recordingIds.includes(id);
  const sources = answer.sources.map((source) =>
    isErased(source.recordingId) ? { ...source, text: '', speaker: null } : source,
  );
  const rest = withoutTranscriptWords(answer, isErased);
  if (!quotedIn(answer).some(isErased)) return rest;
  return { ...rest, sources, retrieval: withoutSpeakers(answer.retrieval) };
}

/** Whom the transcripts call by the names of the question; the names may be those of the erased one. */
function withoutSpeakers(retrieval: StoredAnswer['retrieval']): StoredAnswer['retrieval'] {
  return retrieval && { ...retrieval, understood: retrieval.understood.map(({ speakers: _, ...rest }) => rest) };
}
