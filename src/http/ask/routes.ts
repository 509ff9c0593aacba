import { z } from 'zod';
import { EVENT_STREAM } from '../kernel/lib/event-stream-type.ts';
import { type Route, route } from '../kernel/lib/route.ts';
import { nothing, pageOf, streamed } from '../kernel/schemas/field-schemas.ts';
import { sessionId, turnId } from '../kernel/schemas/id-schemas.ts';
import { createSession } from './handlers/create-session.ts';
import { exportSession } from './handlers/export-session.ts';
import { listProviders } from './handlers/providers.ts';
import { sendMessage } from './handlers/send-message.ts';
import { deleteSession, getSession, listMessages, listSessions, patchSession } from './handlers/sessions.ts';
import { cancelTurn, followTurn, getTurn, getTurnTimeline, getTurnTrace } from './handlers/turns.ts';
import * as ask from './schemas/ask-schemas.ts';
import { providers } from './schemas/provider-schemas.ts';
import { timeline } from './schemas/timeline-schemas.ts';
import { trace } from './schemas/trace-schemas.ts';

const oneSession = z.strictObject({ session_id: sessionId });
const oneTurn = z.strictObject({ session_id: sessionId, turn_id: turnId });

/** OpenAPI 3.1 has no words for the events of a stream; `docs/streaming.md` has. */
const events = z.unknown();

/** An answer comes whole or, with `Accept: text/event-stream`, as it is written. */
const answerMedia = { 200: { 'application/json': ask.askResult, [EVENT_STREAM]: events } };

/** The routes of sessions, messages and turns. */
export const askRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/providers',
    operationId: 'listProviders',
    tag: 'Ask',
    summary: 'See who can be asked here, and who answers by default',
    scope: 'ask:read',
    input: {},
    responses: { 200: providers },
    handler: listProviders,
  }),
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
    method: 'PATCH',
    path: '/v1/ask/sessions/:session_id',
    operationId: 'patchSession',
    tag: 'Ask',
    summary: 'Change the title of a session',
    scope: 'ask:write',
    input: { params: oneSession, body: ask.patchSession },
    responses: { 200: ask.session },
    handler: patchSession,
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
    method: 'GET',
    path: '/v1/ask/sessions/:session_id/turns/:turn_id/trace',
    operationId: 'getTurnTrace',
    tag: 'Ask',
    summary: 'See what was searched for a turn, what was considered, and what its prompt showed',
    scope: 'traces:read',
    input: { params: oneTurn },
    responses: { 200: trace },
    handler: getTurnTrace,
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
];
