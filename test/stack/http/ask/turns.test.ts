import { anAskableRecording, turnWhere, turnWith } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { clearFaults, orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;
let session: string;

beforeAll(async () => {
  service = await startService();
  client = await service.client();
  const { recording } = await anAskableRecording(client);
  const scope = { type: 'recording', recording_id: recording.id };
  session = (await client.post('/v1/ask/sessions', { scope })).body.id;
}, 120_000);
afterAll(() => service?.stop());
afterEach(() => clearFaults(service.sandboxUrl));

/** Asks without waiting. @returns the place of the turn. */
async function asked(content: string, headers: Record<string, string> = {}): Promise<string> {
  const path = `/v1/ask/sessions/${session}/messages`;
  const answer = await client.post(path, { content, provider: 'openai' }, { prefer: 'respond-async', ...headers });
  expect(answer.status).toBe(202);
  return answer.headers.get('location') ?? '';
}

const FINISHED = ['completed', 'failed', 'cancelled'];

describe('GET /v1/ask/sessions/{id}/turns/{turn_id}', () => {
  test('200: a completed turn has the result that asking would have given', async () => {
    const turn = await turnWith(client, await asked('When is the launch?'), FINISHED);
    expect(turn).toMatchObject({ session_id: session, status: 'completed', error: null });
    expect(turn.result.message.content).toContain('May twelve');
    const { body } = await client.get(`/v1/ask/sessions/${session}/messages?limit=100`);
    expect(body.data.map((m: { id: string }) => m.id)).toContain(turn.message_id);
  });

  test('200: a failed turn has the error that asking would have given', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 400 });
    const turn = await turnWith(client, await asked('Will it fail?'), FINISHED);
    expect(turn).toMatchObject({ status: 'failed', attempt: 1, result: null });
    expect(turn.error).toMatchObject({
      code: 'provider_error',
      details: { session_id: session, message_id: turn.message_id, reason: 'bad_request' },
    });
  });

  test('200: tells the attempt of a turn that is being retried', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 503 });
    await orderFault(service.sandboxUrl, { provider: 'openai', delay_ms: 2_000 });
    const location = await asked('How often?');
    const turn = await turnWhere(client, location, ({ attempt }) => attempt === 2);
    expect(turn).toMatchObject({ status: 'generating', result: null, error: null, completed_at: null });
    expect(await turnWith(client, location, ['completed'])).toMatchObject({ attempt: 2 });
  }, 20_000);

  test('404: an unknown turn, and a turn of another session', async () => {
    const location = await asked('When?');
    const turnId = location.split('/').at(-1);
    await turnWith(client, location, FINISHED);
    const { body: other } = await client.get(`/v1/ask/sessions/${session}`);
    const scope = { type: 'recording', recording_id: other.scope.recording_ids[0] };
    const { body: second } = await client.post('/v1/ask/sessions', { scope });
    expect((await client.get(`/v1/ask/sessions/${second.id}/turns/${turnId}`)).status).toBe(404);
    expect((await client.get(`/v1/ask/sessions/${session}/turns/trn_unknown`)).status).toBe(404);
    expect((await client.get(`/v1/ask/sessions/as_unknown/turns/${turnId}`)).status).toBe(404);
  });
});

describe('POST /v1/ask/sessions/{id}/turns/{turn_id}/cancel', () => {
  test('200: stops a running turn, and the session takes the next message', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', delay_ms: 30_000 });
    const location = await asked('Shall I wait?');
    await turnWith(client, location, ['generating']);
    const { status, body } = await client.post(`${location}/cancel`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'cancelled', result: null, error: { code: 'provider_error' } });
    expect((await client.post(`${location}/cancel`)).body).toEqual(body);
    await turnWith(client, await asked('When is the launch?'), ['completed']);
  }, 20_000);

  test('200: stops a turn that waits behind another', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', delay_ms: 3_000 });
    const first = await asked('First?');
    const second = await asked('Second?');
    expect((await client.post(`${second}/cancel`)).body.status).toBe('cancelled');
    expect((await turnWith(client, first, FINISHED)).status).toBe('completed');
  }, 20_000);

  test('200: a finished turn comes back unchanged', async () => {
    const location = await asked('When is the launch?');
    const turn = await turnWith(client, location, FINISHED);
    expect((await client.post(`${location}/cancel`, {})).body).toEqual(turn);
  });

  test('400: it takes no fields', async () => {
    const answer = await client.post(`/v1/ask/sessions/${session}/turns/trn_1/cancel`, { reason: 'x' });
    expect(answer.status).toBe(400);
  });

  test('404: unknown', async () => {
    expect((await client.post(`/v1/ask/sessions/${session}/turns/trn_unknown/cancel`)).status).toBe(404);
  });
});
