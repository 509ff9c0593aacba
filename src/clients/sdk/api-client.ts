import { followAnswer, type OnAnswer } from './follow-answer.ts';
import { type FollowOptions, followTurn, type Question, turnPath } from './follow-turn.ts';
import type { Replies, ReplyCheck } from './replies.ts';
import type { Request, TranscriptFile, Transport } from './transport.ts';
import type {
  AskResult,
  CreateEndUser,
  CreateRecording,
  CreateSession,
  PatchRecording,
  SearchRecordings,
  SendMessage,
  TurnPlace,
} from './wire-types.ts';

/** With an id of the client's own. */
interface Named {
  external_id: string;
}

export interface ApiClientOptions {
  transport: Transport;
  check: ReplyCheck;
  retriesFirst: boolean;
}

/**
 * The HTTP API as its clients use it. Each POST carries an `Idempotency-Key`: the given one, or a fresh one. All methods
 * throw ApiError. Nothing here needs Node.
 */
export type ApiClient = ReturnType<typeof createApiClient>;

export function createApiClient({ transport, check, retriesFirst }: ApiClientOptions) {
  const readTurn = (place: TurnPlace) => call('turn', turnPath(place));
  const follow: FollowOptions = { transport, check, readTurn, retriesFirst };

  return {
    /** @param query of the URL, e.g. `limit=1`. */
    endUsers: (query: string) => call('endUsers', `/v1/end_users?${query}`),
    endUser: (id: string) => call('endUser', `/v1/end_users/${id}`),
    createEndUser: (body: CreateEndUser, key?: string) => call('endUser', '/v1/end_users', post({ json: body }, key)),
    /** Creates the end user, or changes the one that has this `external_id`. */
    upsertEndUser: (body: CreateEndUser & Named, key?: string) =>
      call('endUser', '/v1/end_users?upsert=true', post({ json: body }, key)),
    deleteEndUser: (id: string) => remove(`/v1/end_users/${id}`),

    recordings: (query: string) => call('recordings', `/v1/recordings?${query}`),
    recording: (id: string) => call('recording', `/v1/recordings/${id}`),
    createRecording: (body: CreateRecording, key?: string) =>
      call('recording', '/v1/recordings', post({ json: body }, key)),
    /** Creates the recording, or changes the one that has this `external_id`. */
    upsertRecording: (body: CreateRecording & Named, key?: string) =>
      call('recording', '/v1/recordings?upsert=true', post({ json: body }, key)),
    /** null clears a field; `metadata` is replaced whole. */
    patchRecording: (id: string, body: PatchRecording) =>
      call('recording', `/v1/recordings/${id}`, { method: 'PATCH', json: body }),
    deleteRecording: (id: string) => remove(`/v1/recordings/${id}`),
    /** Passages of what was said, best first. */
    search: (body: SearchRecordings) => call('searchResults', '/v1/recordings/search', post({ json: body })),

    /** @param query of the URL, e.g. `limit=1`; all segments when it is left out. */
    transcription: (id: string, query = '') => call('transcription', `/v1/transcriptions/${id}?${query}`),
    importTranscript: (recordingId: string, file: TranscriptFile, key?: string) =>
      call('acceptedTranscription', `/v1/recordings/${recordingId}/transcriptions`, post({ file }, key)),

    /** Who can be asked. */
    providers: () => call('providers', '/v1/providers'),

    sessions: (query: string) => call('sessions', `/v1/ask/sessions?${query}`),
    session: (id: string) => call('session', `/v1/ask/sessions/${id}`),
    messages: (id: string, query: string) => call('messages', `/v1/ask/sessions/${id}/messages?${query}`),
    renameSession: (id: string, title: string) =>
      call('session', `${SESSIONS}/${id}`, { method: 'PATCH', json: { title } }),
    deleteSession: (id: string) => remove(`/v1/ask/sessions/${id}`),
    /** A session with all its messages. */
    exportSession: (id: string) => call('sessionExport', `${SESSIONS}/${id}/export?format=json`),
    /** The same as a Markdown document. */
    exportMarkdown: async (id: string) => (await transport.send(`${SESSIONS}/${id}/export?format=markdown`)).text(),

    /** Creates a session with its first question. With `onAnswer` the answer is streamed. */
    startSession: (body: CreateSession, key: string, onAnswer?: OnAnswer) =>
      ask({ path: SESSIONS, body, idempotencyKey: key }, onAnswer),
    /** With `onAnswer` the answer is streamed. */
    sendMessage: (sessionId: string, body: SendMessage, key: string, onAnswer?: OnAnswer) =>
      ask({ path: messagesPath(sessionId), body, idempotencyKey: key }, onAnswer),

    /** The events of a question that is asked now, or of a turn that is known already, up to its end. */
    followTurn: (from: Question | TurnPlace) => followTurn(follow, from),
    turn: readTurn,
    timeline: (place: TurnPlace) => call('timeline', `${turnPath(place)}/timeline`),
    trace: (place: TurnPlace) => call('trace', `${turnPath(place)}/trace`),
    cancelTurn: (place: TurnPlace) => call('turn', `${turnPath(place)}/cancel`, post({ json: {} })),
  };

  function ask(question: Question, onAnswer: OnAnswer | undefined): Promise<AskResult> {
    if (onAnswer) return followAnswer(followTurn(follow, question), onAnswer);
    return call('askResult', question.path, post({ json: question.body }, question.idempotencyKey));
  }

  async function call<N extends keyof Replies>(name: N, path: string, request?: Request): Promise<Replies[N]> {
    const response = await transport.send(path, request);
    const reply = check(name, await response.json().catch(() => undefined));
    if (reply === undefined) throw transport.stranger(response.status);
    return reply;
  }

  async function remove(path: string): Promise<void> {
    await transport.send(path, { method: 'DELETE' });
  }
}

const SESSIONS = '/v1/ask/sessions';

/** A question in an existing session. Without a session id, the question creates its session. */
export function newQuestion(sessionId: string | null, body: Question['body']): Question {
  const path = sessionId === null ? SESSIONS : messagesPath(sessionId);
  return { path, body, idempotencyKey: crypto.randomUUID() };
}

function messagesPath(sessionId: string): string {
  return `${SESSIONS}/${sessionId}/messages`;
}

function post(request: Request, key: string = crypto.randomUUID()): Request {
  return { ...request, method: 'POST', headers: { 'idempotency-key': key } };
}
