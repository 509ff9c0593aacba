import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { askResult, type createSession, type sendMessage } from '../http/schemas/ask.ts';
import { errorBody } from '../http/schemas/error.ts';
import { type createRecording, recording, transcription } from '../http/schemas/library.ts';
import type { TranscriptContentType } from '../http/transcript-formats/index.ts';
import { CliError } from './failure.ts';

export type AskResult = z.infer<typeof askResult>;
export type Recording = z.infer<typeof recording>;
export type Transcription = z.infer<typeof transcription>;

/** The error object of a response. */
export class ApiError extends CliError {
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor({ code, message, details }: z.infer<typeof errorBody>['error']) {
    super(`${message} (${code})`);
    this.code = code;
    this.details = details ?? {};
  }
}

/** The part of the HTTP API that the commands use. Each POST takes an `Idempotency-Key`. All methods throw ApiError. */
export type ApiClient = ReturnType<typeof createApiClient>;

interface Post {
  idempotencyKey: string;
  contentType: string;
  body: string | Uint8Array<ArrayBuffer>;
}

// Busy, away for a moment, or still answering: the same request again waits for, or attaches to, the same outcome.
const REPEATABLE = new Set([429, 503, 504]);
const MAX_REPEATS = 10;
const DEFAULT_WAIT_MS = 1_000;

export function createApiClient({ url, key }: { url: string; key: string }) {
  return {
    createRecording: (body: z.input<typeof createRecording>, idempotencyKey: string) =>
      call('/v1/recordings', recording, json(body, idempotencyKey)),

    recording: (id: string) => call(`/v1/recordings/${id}`, recording),

    importTranscript: (
      recordingId: string,
      transcript: { contentType: TranscriptContentType; body: Uint8Array<ArrayBuffer> },
      idempotencyKey: string,
    ) => call(`/v1/recordings/${recordingId}/transcriptions`, transcription, { ...transcript, idempotencyKey }),

    transcription: (id: string) => call(`/v1/transcriptions/${id}`, transcription),

    /** Creates a session with its first question. */
    startSession: (body: z.input<typeof createSession>, idempotencyKey: string) =>
      call('/v1/ask/sessions', askResult, json(body, idempotencyKey)),

    sendMessage: (sessionId: string, body: z.input<typeof sendMessage>, idempotencyKey: string) =>
      call(`/v1/ask/sessions/${sessionId}/messages`, askResult, json(body, idempotencyKey)),
  };

  async function call<S extends z.ZodType>(path: string, schema: S, post?: Post): Promise<z.output<S>> {
    const response = await reach(path, post);
    const parsed = schema.safeParse(await response.json().catch(() => null));
    if (!parsed.success) throw new CliError(`${url} answers as no Ask service does. Check ASK_API_URL.`);
    return parsed.data;
  }

  async function reach(path: string, post: Post | undefined): Promise<Response> {
    for (let repeats = 0; ; repeats++) {
      const response = await send(path, post);
      if (response.ok) return response;
      if (!REPEATABLE.has(response.status) || repeats === MAX_REPEATS) throw await errorOf(response);
      await response.body?.cancel();
      await sleep(waitOf(response));
    }
  }

  async function send(path: string, post: Post | undefined): Promise<Response> {
    const authorization = { Authorization: `Bearer ${key}` };
    try {
      if (post === undefined) return await fetch(new URL(path, url), { headers: authorization });
      const headers = { ...authorization, 'Content-Type': post.contentType, 'Idempotency-Key': post.idempotencyKey };
      return await fetch(new URL(path, url), { method: 'POST', headers, body: post.body });
    } catch {
      throw new CliError(`The service at ${url} does not answer. Start it with \`npm start\`, or check ASK_API_URL.`);
    }
  }

  async function errorOf(response: Response): Promise<CliError> {
    const parsed = errorBody.safeParse(await response.json().catch(() => null));
    if (parsed.success) return new ApiError(parsed.data.error);
    return new CliError(`${url} answers ${response.status}, and not as an Ask service does. Check ASK_API_URL.`);
  }
}

function json(body: object, idempotencyKey: string): Post {
  return { contentType: 'application/json', body: JSON.stringify(body), idempotencyKey };
}

function waitOf(response: Response): number {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : DEFAULT_WAIT_MS;
}
