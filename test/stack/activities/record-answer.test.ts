import type { Connection } from 'mongoose';
import { recordAnswer } from '../../../activities/ask/record-answer.ts';
import type { Stores } from '../../../src/adapters/mongo/index.ts';
import type { ScopeReference } from '../../../src/domain/answering/context-reference.ts';
import type { Part } from '../../../src/domain/ask/message.ts';
import type { RecordingId } from '../../../src/domain/shared/ids.ts';
import { systemClock } from '../../../src/runtime/clock-and-ids.ts';
import { createScopes } from '../../../src/use-cases/answering/scopes.ts';
import { scopeReference } from '../../support/context-references.ts';
import {
  anAnswer,
  anOwner,
  aQuestion,
  aRecording,
  aSession,
  drop,
  freshDatabase,
  ids,
  storesOf,
} from '../adapters/mongo/fixtures.ts';

let connection: Connection;
let stores: Stores;
beforeAll(async () => {
  connection = await freshDatabase();
  stores = storesOf(connection);
});
afterAll(() => drop(connection));

const transcriptionId = ids.next('txn');

/** Stores an answer over a library as the session does that got it while the database was away: with its reference alone. */
async function recordLate(reference: Partial<ScopeReference>, partsOf: (recordingId: RecordingId) => Part[]) {
  const owner = anOwner();
  const outline = { tokens: 10, passages: 1, speakers: ['Ben', 'Ana Kovács'] };
  const recording = aRecording(owner, { transcriptionId, outline });
  const session = aSession(owner);
  await stores.recordings.create(recording);
  await stores.sessions.create(session);
  const { message } = await stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
  const { sessionId, sources: _s, retrieval: _r, createdAt: _c, ...answer } = anAnswer(session.id);
  await recordAnswer({ ...stores, scopes: createScopes(stores), clock: systemClock })({
    ...{ tenant: owner, sessionId, messageId: message.id, context: scopeReference(reference) },
    answer: { ...answer, parts: partsOf(recording.id) },
  });
  return stores.sessions.findAnswer(owner, sessionId, message.id);
}

test('what is quoted of a passage that is gone meanwhile is stored without its words', async () => {
  const cited = { type: 'citation' as const, startMs: 0, endMs: 1 };
  const stored = await recordLate({}, (recordingId) => [
    { ...cited, recordingId, speaker: 'Ana', quote: 'Said aloud.', sourceIndex: 0 },
  ]);
  expect(stored?.parts).toEqual([expect.objectContaining({ quote: null, speaker: null, sourceIndex: null })]);
});

test('names of speakers are read where the reference says that they stand', async () => {
  const understood = [{ text: 'Ana', speakers: [{ transcriptionId, place: 1 }] }];
  const stored = await recordLate({ understood }, () => []);
  expect(stored?.retrieval?.understood).toEqual([{ text: 'Ana', speakers: ['Ana Kovács'] }]);
});
