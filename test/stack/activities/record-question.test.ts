import type { Connection } from 'mongoose';
import { recordAnswer } from '../../../activities/ask/record-answer.ts';
import { recordFailure } from '../../../activities/ask/record-failure.ts';
import { recordQuestion } from '../../../activities/ask/record-question.ts';
import { createLanguageModels } from '../../../src/adapters/models/registry.ts';
import type { Provider } from '../../../src/domain/shared/provider.ts';
import type { ProjectSettings } from '../../../src/ports/access/key-store.ts';
import { systemClock } from '../../../src/runtime/clock-and-ids.ts';
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
beforeAll(async () => {
  connection = await freshDatabase();
}, 60_000);
afterAll(() => drop(connection));

const models = createLanguageModels({
  OPENAI_API_KEY: 'k',
  ANTHROPIC_API_KEY: 'k',
  DEFAULT_PROVIDER: 'openai',
  LLM_TIMEOUT_MS: 1_000,
});

/** Whom a question of a project with these settings is asked of. */
async function askedOf(
  settings: Partial<ProjectSettings>,
  { pinned = null as Provider | null, providerFallback = false } = {},
): Promise<Provider[]> {
  const stores = storesOf(connection);
  const project = await stores.projects.create(ids.next('prj'));
  await stores.projects.update(project.id, settings);
  const owner = { ...anOwner(), projectId: project.id };
  const session = aSession(owner);
  const record = recordQuestion({ ...stores, models, providerFallback });
  const question = aQuestion();
  const input = { tenant: owner, sessionId: session.id, create: session, turnId: ids.next('trn'), question };
  const first = await record({ ...input, provider: pinned });
  const again = await record({ ...input, provider: pinned });
  expect(again).toEqual(first);
  expect((await stores.sessions.find(owner, session.id))?.messageCount).toBe(1);
  return first.providers;
}

describe('a question, recorded twice as once, is asked of', () => {
  test("the system's default", async () => {
    expect(await askedOf({})).toEqual(['openai']);
  });

  test("the project's default, which goes before the system's", async () => {
    expect(await askedOf({ defaultProvider: 'claude' })).toEqual(['claude']);
  });

  test('the pinned provider alone, whatever falls back', async () => {
    const settings = { defaultProvider: 'claude', providerFallback: true } as const;
    expect(await askedOf(settings, { pinned: 'gemini', providerFallback: true })).toEqual(['gemini']);
  });

  test('the others too where the project or the system opted in', async () => {
    expect(await askedOf({ providerFallback: true })).toEqual(['openai', 'claude']);
    expect(await askedOf({ defaultProvider: 'claude' }, { providerFallback: true })).toEqual(['claude', 'openai']);
  });

  test('the default alone where the project opted out of what the system does', async () => {
    expect(await askedOf({ providerFallback: false }, { providerFallback: true })).toEqual(['openai']);
  });
});

test('an answer that stands is told to the run without quotes and passages, which no history may hold', async () => {
  const stores = { ...storesOf(connection), clock: systemClock };
  const owner = anOwner();
  const session = aSession(owner);
  await stores.sessions.create(session);
  const [turnId, question] = [ids.next('trn'), aQuestion()];
  const { message } = await stores.sessions.recordQuestion(owner, session.id, turnId, question);
  const place = { recordingId: ids.next('rec'), startMs: 0, endMs: 1, speaker: 'Ana' };
  const source = {
    ...place,
    chunkId: ids.next('chk'),
    transcriptionId: ids.next('txn'),
    text: 'Said aloud.',
    score: 1,
  };
  const citation = { ...place, type: 'citation' as const, quote: 'Said aloud.', sourceIndex: 0 };
  const quoting = { sources: [{ ...source, recordedAt: null }], parts: [citation] };
  await stores.sessions.recordAnswer(owner, message, { ...anAnswer(session.id, 'Stored first.'), ...quoting });
  const of = { tenant: owner, sessionId: session.id };
  const turn = await stores.sessions.findTurn(owner, session.id, turnId);
  if (turn === null) throw new RangeError('the question was stored');
  const { sessionId: _s, sources: _o, retrieval: _r, createdAt: _c, ...other } = anAnswer(session.id, 'Stored second.');
  const told = [
    await recordQuestion({ ...stores, models, providerFallback: false })({
      ...{ ...of, create: null, turnId, question, provider: null },
    }),
    await recordAnswer({ ...stores, scopes: createScopes(stores) })({
      ...of,
      messageId: message.id,
      answer: other,
      context: scopeReference(),
    }),
    await recordFailure(stores)({ tenant: owner, turn: { ...turn, status: 'failed' } }),
  ].map((each) => JSON.stringify(each));
  for (const each of told) expect(each).toContain('Stored first.');
  expect(told.filter((each) => each.includes('Said aloud.') || each.includes('Ana'))).toEqual([]);
});
