import type { Connection } from 'mongoose';
import { beginTurn } from '../../../activities/ask/begin-turn.ts';
import { createLanguageModels } from '../../../src/adapters/models/registry.ts';
import type { Recording } from '../../../src/domain/library/recording.ts';
import type { PassageRetriever } from '../../../src/ports/library/passage-retriever.ts';
import { createScopes } from '../../../src/use-cases/answering/scopes.ts';
import { transcriptReference } from '../../support/context-references.ts';
import {
  anOwner,
  aQuestion,
  aRecording,
  aSession,
  aTranscription,
  drop,
  freshDatabase,
  handClock,
  ids,
  storesOf,
} from '../adapters/mongo/fixtures.ts';

let connection: Connection;
beforeAll(async () => {
  connection = await freshDatabase();
}, 60_000);
afterAll(() => drop(connection));

/** Over a recording nothing is searched. */
const retriever = {} as PassageRetriever;
const models = createLanguageModels({ SANDBOX_URL: 'http://127.0.0.1:9', LLM_TIMEOUT_MS: 1_000 });

/** A turn that creates its session over a recording, whose transcript is there or not; begun twice. */
async function begun({ transcribed }: { transcribed: boolean }) {
  const stores = storesOf(connection);
  const owner = anOwner();
  const blank = aRecording(owner);
  const transcription = aTranscription(blank, { status: 'completed' });
  const recording: Recording = transcribed ? { ...blank, transcriptionId: transcription.id } : blank;
  await stores.recordings.create(recording);
  if (transcribed) await stores.transcripts.create(transcription, []);
  const session = aSession(owner, { scope: { type: 'recording', recordingId: recording.id } });
  const question = aQuestion();
  const begin = beginTurn({
    ...stores,
    retriever,
    models,
    providerFallback: false,
    maxTranscriptTokens: 1_000,
    countTokens: (text) => text.length,
    clock: handClock(),
    scopes: createScopes(stores),
    windowOf: () => 128_000,
    maxOutputTokens: 1_000,
    contextTokens: 10_000,
    historyTokens: 1_000,
  });
  const input = { tenant: owner, sessionId: session.id, create: session, turnId: ids.next('trn'), question };
  const first = await begin({ ...input, provider: null });
  expect(await begin({ ...input, provider: null })).toEqual(first);
  expect((await stores.sessions.find(owner, session.id))?.messageCount).toBe(1);
  return { turn: first, question, transcription };
}

test('a turn begun twice has one question, and the transcript that its answer will rest on', async () => {
  const { turn, question, transcription } = await begun({ transcribed: true });
  const context = { ...transcriptReference(transcription.id), tokens: 10 };
  expect(turn).toEqual({ messageId: question.id, answer: null, providers: [models.default], context });
});

test('the question stands though the transcript is not there', async () => {
  const { turn, question } = await begun({ transcribed: false });
  expect(turn).toMatchObject({ messageId: question.id, context: null });
});
