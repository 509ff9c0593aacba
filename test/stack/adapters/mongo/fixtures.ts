import { randomBytes } from 'node:crypto';
import { jest } from '@jest/globals';
import mongoose, { type Connection } from 'mongoose';
import { connectMongo } from '../../../../src/adapters/mongo/connect.ts';
import { ensureIndexes } from '../../../../src/adapters/mongo/indexes.ts';
import { createStores } from '../../../../src/adapters/mongo/stores.ts';
import type { Owned, Tenant } from '../../../../src/domain/access/tenant.ts';
import type { NewQuestion } from '../../../../src/domain/ask/message.ts';
import type { NewSession } from '../../../../src/domain/ask/session.ts';
import type { Recording } from '../../../../src/domain/library/recording.ts';
import type { Transcription } from '../../../../src/domain/library/transcript.ts';
import { freshIds, systemClock } from '../../../../src/runtime/clock-and-ids.ts';

// A database and its indexes take seconds to create on a machine that others use too.
jest.setTimeout(30_000);

export const ids = freshIds(systemClock);

/** A connection to a database of this test file's own, with its indexes. */
export async function freshDatabase(): Promise<Connection> {
  const connection = await connectMongo(databaseUri(), { appName: 'test' });
  await ensureIndexes(connection);
  return connection;
}

/** The same, on a client that tells of every command it sends (`commandStarted`). */
export async function watchedDatabase(): Promise<Connection> {
  const connection = await mongoose
    .createConnection(databaseUri(), { monitorCommands: true, autoIndex: false })
    .asPromise();
  await ensureIndexes(connection);
  return connection;
}

export function databaseUri(): string {
  const server = process.env.TEST_MONGODB_URI ?? '';
  return `${server.replace(/\/$/, '')}/mongo-test-${randomBytes(6).toString('hex')}`;
}

export async function drop(connection: Connection): Promise<void> {
  await connection.dropDatabase();
  await connection.close();
}

export const storesOf = (connection: Connection) => createStores(connection, { clock: systemClock });

/** A clock that a test turns by hand. */
export function handClock(start = '2026-01-01T00:00:00.000Z') {
  let now = new Date(start);
  return {
    now: () => now,
    advance(milliseconds: number) {
      now = new Date(now.getTime() + milliseconds);
    },
  };
}

export function anOwner(): Owned {
  return { projectId: ids.next('prj'), mode: 'test', endUserId: ids.next('eu') };
}

/** Tenants that must not see what this owner has. */
export function strangersTo(owner: Owned): [string, Tenant][] {
  return [
    ['another project', { ...owner, projectId: ids.next('prj') }],
    ['the other mode', { ...owner, mode: 'live' }],
    ['another end user', { ...owner, endUserId: ids.next('eu') }],
  ];
}

export function aSession(owner: Owned, overrides: Partial<NewSession> = {}): NewSession {
  return {
    id: ids.next('as'),
    ...owner,
    scope: { type: 'library' },
    title: 'Launch',
    recordingTitle: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...overrides,
  };
}

export function aQuestion(overrides: Partial<NewQuestion> = {}): NewQuestion {
  return {
    id: ids.next('msg'),
    content: 'When is the launch?',
    contextRefs: [],
    createdAt: '2026-01-01T00:00:01.000Z',
    ...overrides,
  };
}

export function anAnswer(sessionId: NewSession['id'], content = 'On May 12.') {
  return {
    sessionId,
    content,
    parts: [{ type: 'text' as const, text: content }],
    tokens: { input: 10, output: 3, cached: 0 },
    model: 'sandbox',
    provider: 'openai' as const,
    finishReason: 'stop' as const,
    sources: [],
    createdAt: '2026-01-01T00:00:02.000Z',
  };
}

export function aRecording(owner: Owned, overrides: Partial<Recording> = {}): Recording {
  return {
    id: ids.next('rec'),
    ...owner,
    deviceId: null,
    name: 'Standup',
    status: 'completed',
    durationMs: 1000,
    startedAt: null,
    endedAt: null,
    transcriptionId: null,
    metadata: {},
    createdAt: '2026-01-01T00:00:00.000Z',
    ...overrides,
  };
}

export function aTranscription(recording: Recording, overrides: Partial<Transcription> = {}): Transcription {
  const { projectId, mode, endUserId } = recording;
  return {
    id: ids.next('txn'),
    projectId,
    mode,
    endUserId,
    recordingId: recording.id,
    status: 'processing',
    language: 'en',
    durationMs: 1000,
    segmentCount: 1,
    tokenCount: 10,
    error: null,
    sourceFormat: 'json',
    dropped: { emptyCues: 0, repeats: 0 },
    createdAt: '2026-01-01T00:00:00.000Z',
    completedAt: null,
    ...overrides,
  };
}
