import { anAskableRecording, aTranscript, SEGMENTS } from '../../../../support/builders.ts';
import type { Client } from '../../../../support/client.ts';
import { clearFaults, orderFault } from '../../../../support/sandbox.ts';
import { type Service, startService } from '../../../../support/service.ts';

/** More words than the context of these tests holds. */
const LONG = [
  ...SEGMENTS,
  ...Array.from({ length: 60 }, (_, i) => ({
    start: 100 + i * 30,
    end: 125 + i * 30,
    speaker: i % 2 === 0 ? 'Ana' : 'Ben',
    text: `About the launch, point ${i}: the team compares supplier ${i} with the one before and writes ${'down what it costs and when it comes and who asked for it, '.repeat(3)}and so on.`,
  })),
];

let service: Service;
let client: Client;
let owned: Awaited<ReturnType<typeof anAskableRecording>>;

beforeAll(async () => {
  service = await startService({ settings: { CONTEXT_TOKENS: '1000' } });
  client = await service.client();
  owned = await anAskableRecording(client, LONG);
}, 120_000);
afterAll(() => service?.stop());
afterEach(() => clearFaults(service.sandboxUrl));

async function aSession(scope: object): Promise<string> {
  return (await client.post('/v1/ask/sessions', { scope, end_user_id: owned.endUser.id })).body.id;
}
async function asked(session: string, content = 'When is the launch?') {
  const { body } = await client.post(`/v1/ask/sessions/${session}/messages`, { content });
  return { body, path: `/v1/ask/sessions/${session}/turns/${body.turn_id}/trace` };
}
const LIBRARY = { type: 'library' };

interface Part {
  part: string;
  tokens: number;
  text: string | null;
}
interface Candidate {
  chunk_id: string;
  recording_id: string;
  scores: { fused: number };
  kept: boolean;
  reason: string | null;
}
const textOf = (prompt: Part[], part: string) => prompt.find((each) => each.part === part)?.text;

describe('GET /v1/ask/sessions/{id}/turns/{turn_id}/trace', () => {
  test('200: what was searched and considered, and the prompt as it was sent', async () => {
    const { body, path } = await asked(await aSession(LIBRARY));
    expect(body.retrieval.method).toBe('passages');
    const trace = (await client.get(path)).body;
    expect(trace).toMatchObject({
      turn_id: body.turn_id,
      queries: body.retrieval.queries,
      filters: body.retrieval.filters,
    });
    const candidates: Candidate[] = trace.candidates;
    const kept = candidates.filter((each) => each.kept);
    expect(kept.length).toBeGreaterThan(0);
    expect(candidates.length).toBeGreaterThan(kept.length);
    expect(candidates.every(({ kept, reason }) => (kept ? reason === null : reason === 'budget'))).toBe(true);
    expect(body.sources.map((each: { chunk_id: string }) => each.chunk_id)).toEqual(
      expect.arrayContaining(kept.map(({ chunk_id }) => chunk_id)),
    );
    expect(trace.prompt.map(({ part }: Part) => part)).toEqual(['rules', 'context', 'history', 'notes', 'question']);
    expect(textOf(trace.prompt, 'context')).toContain(body.sources[0].chunk_text.slice(0, 40));
    expect(textOf(trace.prompt, 'notes')).toMatch(/^Today is /);
    const cited = body.message.parts.filter(({ type }: { type: string }) => type === 'citation').length;
    expect(trace.markers).toMatchObject({ cited, dropped: 0 });
    expect(trace.markers.issued).toBeGreaterThan(0);
  });

  test('200: a recording is shown whole, and a follow-up has its history', async () => {
    const session = await aSession({ type: 'recording', recording_id: owned.recording.id });
    const first = await asked(session);
    const { path } = await asked(session, 'And what about the budget?');
    const { body } = await client.get(path);
    expect(body).toMatchObject({ queries: [], candidates: [] });
    expect(textOf(body.prompt, 'context')).toContain('<transcript>');
    expect(textOf(body.prompt, 'history')).toContain('When is the launch?');
    expect(textOf((await client.get(first.path)).body.prompt, 'history')).toBe('');
  });

  test('200: an end user’s key sees all but the texts of the prompt', async () => {
    const { path } = await asked(await aSession(LIBRARY));
    const own = await service.client({ projectId: client.projectId, endUserId: owned.endUser.id });
    const { status, body } = await own.get(path);
    expect(status).toBe(200);
    expect(body.prompt.map(({ text }: Part) => text)).toEqual([null, null, null, null, null]);
    expect(body.prompt[1].tokens).toBeGreaterThan(0);
  });

  test('200: a turn whose model failed tells what was considered, and no prompt', async () => {
    const session = await aSession(LIBRARY);
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 401 });
    const question = { content: 'When is the launch?', provider: 'openai' };
    const { body } = await client.post(`/v1/ask/sessions/${session}/messages`, question);
    expect(body.error.code).toBe('provider_error');
    const { data } = (await client.get(`/v1/ask/sessions/${session}/messages`)).body;
    const trace = await client.get(`/v1/ask/sessions/${session}/turns/${data[0].turn_id}/trace`);
    expect(trace.body).toMatchObject({ queries: ['When is the launch?'], prompt: [], markers: null });
    expect(trace.body.candidates.length).toBeGreaterThan(0);
  });

  test('200: what was replaced since is in no text', async () => {
    const { endUser, recording } = await anAskableRecording(client, LONG);
    const session = (await client.post('/v1/ask/sessions', { scope: LIBRARY, end_user_id: endUser.id })).body.id;
    const { path } = await asked(session);
    expect(textOf((await client.get(path)).body.prompt, 'context')).toContain('About the launch');
    await aTranscript(client, recording.id, [{ start: 0, end: 4, speaker: 'Cyd', text: 'Nothing of this stands.' }]);
    const { body } = await client.get(path);
    expect(textOf(body.prompt, 'context')).toContain('Nothing of these recordings is shown.');
    expect(JSON.stringify(body)).not.toContain('About the launch');
  });

  test('403: a key without the scope', async () => {
    const { path } = await asked(await aSession(LIBRARY));
    const other = await service.client({ projectId: client.projectId, scopes: ['ask:read', 'ask:write'] });
    expect((await other.get(path)).status).toBe(403);
    const reader = await service.client({ projectId: client.projectId, scopes: ['traces:read'] });
    expect((await reader.get(path)).status).toBe(200);
  });
});
