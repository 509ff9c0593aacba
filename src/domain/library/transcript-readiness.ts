import { AskError } from '../shared/errors.ts';
import type { Recording } from './recording.ts';
import type { Transcription } from './transcript.ts';

/**
 * A recording session answers out of the whole transcript, so it must be complete and fit a prompt.
 * @throws AskError `transcription_not_ready` with `details.status`, or `transcript_too_large` with `details {tokens, limit}`.
 */
export function assertTranscriptReady(
  recording: Recording,
  transcription: Transcription | null,
  limit: number,
): asserts transcription is Transcription {
  if (transcription?.status !== 'completed') {
    throw new AskError(
      'transcription_not_ready',
      'The transcription of this recording is not completed. Ask again once it is.',
      {
        details: { status: transcription?.status ?? recording.status },
      },
    );
  }
  const { tokenCount: tokens } = transcription;
  if (tokens !== null && tokens > limit) {
    throw new AskError(
      'transcript_too_large',
      'This transcript is too long to be read whole. Create a session with library or selected scope, which searches it.',
      { details: { tokens, limit } },
    );
  }
}
