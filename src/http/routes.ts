import { z } from 'zod';
import { createSession } from './ask/handlers/create-session.ts';
import { exportSession } from './ask/handlers/export-session.ts';
import { sendMessage } from './ask/handlers/send-message.ts';
import { deleteSession, getSession, listMessages, listSessions } from './ask/handlers/sessions.ts';
import { cancelTurn, followTurn, getTurn, getTurnTimeline } from './ask/handlers/turns.ts';
import * as ask from './ask/schemas/ask.ts';
import { timeline } from './ask/schemas/timeline.ts';
import { EVENT_STREAM } from './kernel/lib/event-stream-type.ts';
import { type Route, route } from './kernel/lib/route.ts';
import { nothing, pageOf, streamed } from './kernel/schemas/fields.ts';
import { endUserId, recordingId, sessionId, transcriptionId, turnId } from './kernel/schemas/ids.ts';
import { createEndUser, deleteEndUser, getEndUser, listEndUsers } from './library/handlers/end-users.ts';
import { createRecording, deleteRecording, getRecording, listRecordings } from './library/handlers/recordings.ts';
import { searchRecordings } from './library/handlers/search.ts';
import { getTranscription, importTranscript } from './library/handlers/transcriptions.ts';
import * as library from './library/schemas/library.ts';
import * as search from './library/schemas/search.ts';
import { transcriptBody, transcriptFile } from './library/schemas/transcript-body.ts';

const oneSession = z.strictObject({ session_id: sessionId });
const oneTurn = z.strictObject({ session_id: sessionId, turn_id: turnId });
const oneEndUser = z.strictObject({ end_user_id: endUserId });
const oneRecording = z.strictObject({ recording_id: recordingId });
const oneTranscription = z.strictObject({ transcription_id: transcriptionId });

/** OpenAPI 3.1 has no words for the events of a stream; `docs/streaming.md` has. */
const events = z.unknown();

/** An answer comes whole or, with `Accept: text/event-stream`, as it is written. */
const answerMedia = { 200: { 'application/json': ask.askResult, [EVENT_STREAM]: events } };

/** Every route that needs a key: what it needs, reads, does and answers. The OpenAPI document comes out of this table. */
export const routes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/ask/sessions',
    operationId: 'createSession',
    tag: 'Ask',
    summary: 'Create a session; with an initial message, answer it',
    scope: 'ask:write',
    input: { body: ask.createSession },
    media: answerMedia,
    responses: { 200: ask.answer, 201: ask.session, 202: ask.acceptedTurn },
    handler: createSession,
  }),
  route({
    method: 'GET',
    path: '/v1/ask/sessions',
    operationId: 'listSessions',
    tag: 'Ask',
    summary: 'List sessions, newest activity first',
    scope: 'ask:read',
    input: { query: ask.listSessions },
    responses: { 200: pageOf(ask.session) },
    handler: listSessions,
  }),
  route({
    method: 'GET',
    path: '/v1/ask/sessions/:session_id',
    operationId: 'getSession',
    tag: 'Ask',
    summary: 'Get a session',
    scope: 'ask:read',
    input: { params: oneSession },
    responses: { 200: ask.session },
    handler: getSession,
  }),
  route({
    method: 'DELETE',
    path: '/v1/ask/sessions/:session_id',
    operationId: 'deleteSession',
    tag: 'Ask',
    summary: 'Delete a session with its messages and its workflow',
    scope: 'ask:write',
    input: { params: oneSession },
    responses: { 204: nothing },
    handler: deleteSession,
  }),
  route({
    method: 'POST',
    path: '/v1/ask/sessions/:session_id/messages',
    operationId: 'sendMessage',
    tag: 'Ask',
    summary: 'Ask the next question of a session',
    scope: 'ask:write',
    input: { params: oneSession, body: ask.sendMessage },
    media: answerMedia,
    responses: { 200: ask.answer, 202: ask.acceptedTurn },
    handler: sendMessage,
  }),
  route({
    method: 'GET',
    path: '/v1/ask/sessions/:session_id/messages',
    operationId: 'listMessages',
    tag: 'Ask',
    summary: 'List the messages of a session, oldest first',
    scope: 'ask:read',
    input: { params: oneSession, query: ask.listMessages },
    responses: { 200: pageOf(ask.message) },
    handler: listMessages,
  }),
  route({
    method: 'GET',
    path: '/v1/ask/sessions/:session_id/export',
    operationId: 'exportSession',
    tag: 'Ask',
    summary: 'Export a session with all its messages, as JSON or Markdown',
    scope: 'ask:read',
    input: { params: oneSession, query: ask.exportSession },
    media: { 200: { 'application/json': ask.sessionExport, 'text/markdown': z.string() } },
    responses: { 200: streamed },
    handler: exportSession,
  }),
  route({
    method: 'GET',
    path: '/v1/ask/sessions/:session_id/turns/:turn_id',
    operationId: 'getTurn',
    tag: 'Ask',
    summary: 'See how far a turn is, and its result or error',
    scope: 'ask:read',
    input: { params: oneTurn },
    responses: { 200: ask.turn },
    handler: getTurn,
  }),
  route({
    method: 'GET',
    path: '/v1/ask/sessions/:session_id/turns/:turn_id/events',
    operationId: 'followTurn',
    tag: 'Ask',
    summary: 'Follow a turn as server-sent events, from the one after `Last-Event-ID` on',
    scope: 'ask:read',
    input: { params: oneTurn },
    media: { 200: { [EVENT_STREAM]: events } },
    responses: { 200: streamed },
    handler: followTurn,
  }),
  route({
    method: 'GET',
    path: '/v1/ask/sessions/:session_id/turns/:turn_id/timeline',
    operationId: 'getTurnTimeline',
    tag: 'Ask',
    summary: 'See the steps of a turn, with their times, attempts and failures',
    scope: 'ask:read',
    input: { params: oneTurn },
    responses: { 200: timeline },
    handler: getTurnTimeline,
  }),
  route({
    method: 'POST',
    path: '/v1/ask/sessions/:session_id/turns/:turn_id/cancel',
    operationId: 'cancelTurn',
    tag: 'Ask',
    summary: 'Stop a turn; a finished one comes back unchanged',
    scope: 'ask:write',
    input: { params: oneTurn, body: z.strictObject({}).optional() },
    responses: { 200: ask.turn },
    handler: cancelTurn,
  }),
  route({
    method: 'POST',
    path: '/v1/end_users',
    operationId: 'createEndUser',
    tag: 'End users',
    summary: 'Create an end user',
    scope: 'end_users:write',
    input: { body: library.createEndUser },
    responses: { 201: library.endUser },
    handler: createEndUser,
  }),
  route({
    method: 'GET',
    path: '/v1/end_users',
    operationId: 'listEndUsers',
    tag: 'End users',
    summary: 'List end users',
    scope: 'end_users:read',
    input: { query: library.listEndUsers },
    responses: { 200: pageOf(library.endUser) },
    handler: listEndUsers,
  }),
  route({
    method: 'GET',
    path: '/v1/end_users/:end_user_id',
    operationId: 'getEndUser',
    tag: 'End users',
    summary: 'Get an end user',
    scope: 'end_users:read',
    input: { params: oneEndUser },
    responses: { 200: library.endUser },
    handler: getEndUser,
  }),
  route({
    method: 'DELETE',
    path: '/v1/end_users/:end_user_id',
    operationId: 'deleteEndUser',
    tag: 'End users',
    summary: 'Erase an end user and everything that belongs to them',
    scope: 'end_users:write',
    input: { params: oneEndUser },
    responses: { 202: library.deletion(endUserId) },
    handler: deleteEndUser,
  }),
  route({
    method: 'POST',
    path: '/v1/recordings',
    operationId: 'createRecording',
    tag: 'Recordings',
    summary: 'Create a recording',
    scope: 'recordings:write',
    input: { body: library.createRecording },
    responses: { 201: library.recording },
    handler: createRecording,
  }),
  route({
    method: 'GET',
    path: '/v1/recordings',
    operationId: 'listRecordings',
    tag: 'Recordings',
    summary: 'List recordings, newest first',
    scope: 'recordings:read',
    input: { query: library.listRecordings },
    responses: { 200: library.recordingPage },
    handler: listRecordings,
  }),
  route({
    method: 'POST',
    path: '/v1/recordings/search',
    operationId: 'searchRecordings',
    tag: 'Recordings',
    summary: "Search what was said in one end user's recordings",
    scope: 'recordings:read',
    input: { body: search.searchRecordings },
    responses: { 200: search.searchResults },
    handler: searchRecordings,
  }),
  route({
    method: 'GET',
    path: '/v1/recordings/:recording_id',
    operationId: 'getRecording',
    tag: 'Recordings',
    summary: 'Get a recording',
    scope: 'recordings:read',
    input: { params: oneRecording },
    responses: { 200: library.recording },
    handler: getRecording,
  }),
  route({
    method: 'DELETE',
    path: '/v1/recordings/:recording_id',
    operationId: 'deleteRecording',
    tag: 'Recordings',
    summary: 'Erase a recording with its transcripts and passages',
    scope: 'recordings:write',
    input: { params: oneRecording },
    responses: { 202: library.deletion(recordingId) },
    handler: deleteRecording,
  }),
  route({
    method: 'POST',
    path: '/v1/recordings/:recording_id/transcriptions',
    operationId: 'importTranscript',
    tag: 'Transcriptions',
    summary: 'Import a transcript (JSON, WebVTT, SubRip, SubViewer or text), or replace it by a newer one',
    scope: 'transcriptions:write',
    input: { params: oneRecording, body: transcriptFile },
    textBody: transcriptBody,
    responses: { 202: library.transcription },
    handler: importTranscript,
  }),
  route({
    method: 'GET',
    path: '/v1/transcriptions/:transcription_id',
    operationId: 'getTranscription',
    tag: 'Transcriptions',
    summary: 'Get a transcription with its segments',
    scope: 'transcriptions:read',
    input: { params: oneTranscription },
    responses: { 200: library.transcription },
    handler: getTranscription,
  }),
];
