import { z } from 'zod';
import { type Route, route } from '../kernel/lib/route.ts';
import { pageOf, streamed } from '../kernel/schemas/field-schemas.ts';
import { endUserId, recordingId, transcriptionId } from '../kernel/schemas/id-schemas.ts';
import { createRecording } from './handlers/create-recording.ts';
import { createEndUser, deleteEndUser, getEndUser, listEndUsers } from './handlers/end-users.ts';
import { deleteRecording, getRecording, listRecordings, patchRecording } from './handlers/recordings.ts';
import { searchRecordings } from './handlers/search.ts';
import { getTranscription, importTranscript } from './handlers/transcriptions.ts';
import * as library from './schemas/library-schemas.ts';
import * as search from './schemas/search-schemas.ts';
import { transcriptBody, transcriptFile } from './schemas/transcript-body.ts';

const oneEndUser = z.strictObject({ end_user_id: endUserId });
const oneRecording = z.strictObject({ recording_id: recordingId });
const oneTranscription = z.strictObject({ transcription_id: transcriptionId });

/** The routes of end users, recordings and transcriptions. */
export const libraryRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/end_users',
    operationId: 'createEndUser',
    tag: 'End users',
    summary: 'Create an end user, or change the one that has this external_id',
    scope: 'end_users:write',
    input: { query: library.createQuery, body: library.createEndUser },
    responses: { 200: library.endUser, 201: library.endUser },
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
    summary: 'Create a recording, or change the one that has this external_id',
    scope: 'recordings:write',
    input: { query: library.createQuery, body: library.createRecording },
    responses: { 200: library.recording, 201: library.recording },
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
    method: 'PATCH',
    path: '/v1/recordings/:recording_id',
    operationId: 'patchRecording',
    tag: 'Recordings',
    summary: 'Change the name, dates or metadata of a recording',
    scope: 'recordings:write',
    input: { params: oneRecording, body: library.patchRecording },
    responses: { 200: library.recording },
    handler: patchRecording,
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
    responses: { 202: library.acceptedTranscription },
    handler: importTranscript,
  }),
  route({
    method: 'GET',
    path: '/v1/transcriptions/:transcription_id',
    operationId: 'getTranscription',
    tag: 'Transcriptions',
    summary: 'Get a transcription with its segments, all of them or a part',
    scope: 'transcriptions:read',
    input: { params: oneTranscription, query: library.readTranscription },
    media: { 200: { 'application/json': library.transcription } },
    responses: { 200: streamed },
    handler: getTranscription,
  }),
];
