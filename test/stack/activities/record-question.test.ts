import type { Connection } from 'mongoose';
import { recordQuestion } from '../../../activities/ask/record-question.ts';
import { createLanguageModels } from '../../../src/adapters/models/registry.ts';
import type { Provider } from '../../../src/domain/shared/provider.ts';
import type { ProjectSettings } from '../../../src/ports/access/key-store.ts';
import { anOwner, aQuestion, aSession, drop, freshDatabase, ids, storesOf } from '../adapters/mongo/fixtures.ts';

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
