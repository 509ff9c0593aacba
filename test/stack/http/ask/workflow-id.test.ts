import { anAskableRecording } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { clearFaults, orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';

describe('X-Workflow-Id', () => {
  let service: Service;
  let client: Client;
  let scope: { type: 'recording'; recording_id: string };

  beforeAll(async () => {
    service = await startService();
    client = await service.client();
    const { recording } = await anAskableRecording(client);
    scope = { type: 'recording', recording_id: recording.id };
  }, 120_000);
  afterAll(() => service?.stop());
  afterEach(() => clearFaults(service.sandboxUrl));

  const workflowOf = ({ headers }: { headers: Headers }) => headers.get('x-workflow-id');

  test('names the run of a session that is created, read and asked', async () => {
    const created = await client.post('/v1/ask/sessions', { scope });
    const path = `/v1/ask/sessions/${created.body.id}`;
    const expected = `ask-session/${created.body.id}`;
    const asked = await client.post(`${path}/messages`, { content: 'When is the launch?' });
    const later = await client.post(`${path}/messages`, { content: 'And why?' }, { prefer: 'respond-async' });
    const turn = await client.get(later.headers.get('location') ?? '');
    const read = [created, asked, later, turn, await client.get(path)].map(workflowOf);
    expect(new Set(read)).toEqual(new Set([expected]));
  });

  test('stands on a replayed answer and on a failed one', async () => {
    const body = { scope, initial_message: { content: 'When is the launch?' } };
    const first = await client.post('/v1/ask/sessions', body, { 'idempotency-key': 'once' });
    const again = await client.post('/v1/ask/sessions', body, { 'idempotency-key': 'once' });
    expect([workflowOf(first), workflowOf(again)]).toEqual(Array(2).fill(`ask-session/${first.body.session_id}`));
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 400 });
    const failed = await client.post('/v1/ask/sessions', {
      scope,
      initial_message: { content: 'And why?', provider: 'openai' },
    });
    expect(failed.status).toBe(502);
    expect(workflowOf(failed)).toBe(`ask-session/${failed.body.error.details.session_id}`);
  });

  test('is missing where no session is meant', async () => {
    expect(workflowOf(await client.get('/v1/ask/sessions'))).toBeNull();
  });
});
