import type { Connection } from 'mongoose';
import { type GenerateAnswerDependencies, generateAnswer } from '../../../activities/ask/generate-answer.ts';
import { createLanguageModels } from '../../../src/adapters/models/registry.ts';
import { digest } from '../../../src/domain/shared/sha256-digest.ts';
import { systemClock } from '../../../src/runtime/clock-and-ids.ts';
import { createPromptContexts } from '../../../src/use-cases/answering/prompt-contexts.ts';
import { createScopes } from '../../../src/use-cases/answering/scopes.ts';
import { scopeReference } from '../../support/context-references.ts';
import {
  anAnswer,
  anOwner,
  aQuestion,
  aSession,
  drop,
  freshDatabase,
  ids,
  storesOf,
} from '../adapters/mongo/fixtures.ts';

let connection: Connection;
let deps: GenerateAnswerDependencies;
beforeAll(async () => {
  connection = await freshDatabase();
  const stores = storesOf(connection);
  const scopes = createScopes(stores);
  deps = {
    ...stores,
    scopes,
    clock: systemClock,
    // Nobody listens at this address: a call of the model fails the test.
    models: createLanguageModels({ SANDBOX_URL: 'http://127.0.0.1:9', LLM_TIMEOUT_MS: 1_000 }),
    contexts: createPromptContexts({
      ...stores,
      scopes,
      digest,
      countTokens: (text) => text.length,
    }),
    countTokens: (text) => text.length,
    windowOf: () => 128_000,
    contextTokens: 10_000,
    historyTokens: 1_000,
    maxOutputTokens: 1_000,
  };
});
afterAll(() => drop(connection));

const attempt = (number: number, scheduledAtMs = 0) =>
  generateAnswer(deps, {
    signal: () => new AbortController().signal,
    heartbeat: () => undefined,
    attempt: () => number,
    scheduledAtMs: () => scheduledAtMs,
    remainingMs: () => 60_000,
  });

async function aTurn() {
  const owner = anOwner();
  const session = aSession(owner);
  const [turnId, question] = [ids.next('trn'), aQuestion()];
  await deps.sessions.create(session);
  const { message } = await deps.sessions.recordQuestion(owner, session.id, turnId, question);
  const context = scopeReference();
  const input = { tenant: owner, sessionId: session.id, turnId, messageId: question.id, provider: 'openai' as const };
  return { owner, session, turnId, message, input: { ...input, context } };
}

test('a later attempt takes the answer that stands instead of paying the model again', async () => {
  const { owner, session, message, input } = await aTurn();
  await deps.sessions.recordAnswer(owner, message, anAnswer(session.id, 'Paid already.'));
  expect(await attempt(2)(input)).toMatchObject({ content: 'Paid already.' });
});

test('a later attempt without an answer asks the model, and its number stands in the turn', async () => {
  const { owner, session, turnId, input } = await aTurn();
  await expect(attempt(2)(input)).rejects.toMatchObject({ kind: 'provider_error' });
  expect(await deps.sessions.findTurn(owner, session.id, turnId)).toMatchObject({ attempt: 2 });
});

test.each([
  ['again', 2, {}],
  ['at another provider', 1, { isFallback: true }],
])('an attempt that was frozen pays nothing once a later one has begun: %s', async (_name, number, more) => {
  const { input } = await aTurn();
  await expect(attempt(number, 5_000)({ ...input, ...more })).rejects.toMatchObject({ kind: 'provider_error' });
  await expect(attempt(1, 1_000)(input)).rejects.toMatchObject({ kind: 'unavailable' });
});
