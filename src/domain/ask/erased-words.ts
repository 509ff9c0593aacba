import type { RecordingId } from '../shared/ids.ts';
import type { Answer, AssistantMessage, Citation } from './message.ts';
import type { RunResult } from './turn.ts';

/** A stored answer as a run of Temporal may carry it: quotes and passages stand in the database alone, where they can be erased. */
export function forRun(message: AssistantMessage): RunResult['message'] {
  return { ...withoutTranscriptWords(message, () => true), sources: null, retrieval: null };
}

type Words = Pick<Answer, 'parts' | 'grounding'>;

type Piece = { type: 'text' } | ({ type: 'citation' } & Pick<Citation, 'recordingId' | 'quote' | 'speaker'>);

/** The pieces of an answer without the quotes and the speakers of citations of these recordings. */
export function withoutQuotes<P extends Piece>(pieces: readonly P[], isErased: (id: RecordingId) => boolean): P[] {
  return pieces.map((piece) =>
    piece.type === 'citation' && isErased(piece.recordingId) ? { ...piece, quote: null, speaker: null } : piece,
  );
}

/**
 * The answer without what it has of a transcript's words beside the model's own: the quotes and speakers of citations of
 * these recordings, and, where it cites one of them, what its facts name.
 */
export function withoutTranscriptWords<A extends Words>(answer: A, isErased: (id: RecordingId) => boolean): A {
  const { parts, grounding } = answer;
  const isAffected = parts.some((part) => part.type === 'citation' && isErased(part.recordingId));
  if (!isAffected) return answer;
  return {
    ...answer,
    parts: withoutQuotes(parts, isErased),
    grounding: grounding && {
      ...grounding,
      unsupported: grounding.unsupported.map(({ kind }) => ({ kind, text: null })),
    },
  };
}
