import { z } from 'zod';
import { askResult, type createSession, type sendMessage } from '../../http/ask/schemas/ask.ts';
import {
  type createEndUser,
  type createRecording,
  endUser,
  recording,
  recordingPage,
  transcription,
} from '../../http/library/schemas/library.ts';
import type { TranscriptContentType } from '../../ports/library/transcript-reader.ts';
import { followAnswer, type OnAnswer } from './follow-answer.ts';
import { createTransport, type Post } from './transport.ts';

export type AskResult = z.infer<typeof askResult>;
export type Recording = z.infer<typeof recording>;
export type Transcription = z.infer<typeof transcription>;

/**
 * The part of the HTTP API that the commands and the first start use. Each POST takes an `Idempotency-Key`. All methods
 * throw ApiError, or an Error when no service answers.
 */
export type ApiClient = ReturnType<typeof createApiClient>;

interface Transcript {
  contentType: TranscriptContentType;
  charset?: string | null;
  body: string | Uint8Array<ArrayBuffer>;
}

const endUsers = z.object({ data: z.array(endUser) });

export function createApiClient(api: { url: string; key: string }) {
  const transport = createTransport(api);
  const { call } = transport;
  return {
    /** @param query of the URL, e.g. `limit=1`. */
    endUsers: (query: string) => call(`/v1/end_users?${query}`, endUsers),

    createEndUser: (body: z.input<typeof createEndUser>, idempotencyKey: string) =>
      call('/v1/end_users', endUser, json(body, idempotencyKey)),

    createRecording: (body: z.input<typeof createRecording>, idempotencyKey: string) =>
      call('/v1/recordings', recording, json(body, idempotencyKey)),

    /** The newest of an end user, at most 100. */
    recordings: (endUserId: string) => call(`/v1/recordings?end_user_id=${endUserId}&limit=100`, recordingPage),

    recording: (id: string) => call(`/v1/recordings/${id}`, recording),

    /** `charset` is needed for anything but UTF-8, and UTF-16 with a byte order mark. */
    importTranscript: (recordingId: string, { contentType, charset, body }: Transcript, idempotencyKey: string) =>
      call(`/v1/recordings/${recordingId}/transcriptions`, transcription, {
        contentType: !charset ? contentType : `${contentType}; charset=${charset}`,
        body,
        idempotencyKey,
      }),

    transcription: (id: string) => call(`/v1/transcriptions/${id}`, transcription),

    /** Creates a session with its first question. With `onAnswer` the answer is streamed. */
    startSession: (body: z.input<typeof createSession>, idempotencyKey: string, onAnswer?: OnAnswer) =>
      ask('/v1/ask/sessions', json(body, idempotencyKey), onAnswer),

    /** With `onAnswer` the answer is streamed. */
    sendMessage: (sessionId: string, body: z.input<typeof sendMessage>, idempotencyKey: string, onAnswer?: OnAnswer) =>
      ask(`/v1/ask/sessions/${sessionId}/messages`, json(body, idempotencyKey), onAnswer),
  };

  function ask(path: string, post: Post, onAnswer: OnAnswer | undefined): Promise<AskResult> {
    return onAnswer ? followAnswer(transport, { path, post }, onAnswer) : call(path, askResult, post);
  }
}

function json(body: object, idempotencyKey: string): Post {
  return { contentType: 'application/json', body: JSON.stringify(body), idempotencyKey };
}
