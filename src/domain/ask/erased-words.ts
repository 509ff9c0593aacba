import type { RecordingId } from '../shared/ids.ts';
import type { Answer } from './message.ts';

type Words = Pick<Answer, 'parts' | 'grounding'>;

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
    parts: parts.map((part) =>
      part.type === 'citation' && isErased(part.recordingId) ? { ...part, quote: null, speaker: null } : part,
    ),
    grounding: grounding && {
      ...grounding,
      unsupported: grounding.unsupported.map(({ kind }) => ({ kind, text: null })),
    },
  };
}
