import type { Recording } from '../../domain/library/recording.ts';
import type { Transcription } from '../../domain/library/transcript.ts';
import { assertTranscriptReady } from '../../domain/library/transcript-readiness.ts';
import type { TranscriptStore } from '../../ports/library/library-store.ts';

/**
 * Loads the transcription that a question to this recording is answered from: whole, so it must be complete and fit.
 * @param maxTokens the most that a transcript may have
 * @throws AskError `transcription_not_ready`, `transcript_too_large`
 */
export async function loadReadyTranscription(
  transcripts: Pick<TranscriptStore, 'currentOf'>,
  recording: Recording,
  maxTokens: number,
): Promise<Transcription> {
  const transcription = await transcripts.currentOf(recording);
  assertTranscriptReady(recording, transcription, maxTokens);
  return transcription;
}
