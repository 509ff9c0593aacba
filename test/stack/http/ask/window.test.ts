import { anAskableRecording, SEGMENTS } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';

/** A window in which rules and answer leave little to a question. */
let service: Service;
let client: Client;
let owned: Awaited<ReturnType<typeof anAskableRecording>>;

beforeAll(async () => {
  service = await startService({ settings: { OPENAI_CONTEXT_TOKENS: '6000' } });
  client = await service.client();
  owned = await anAskableRecording(client, SEGMENTS);
}, 120_000);
afterAll(() => service?.stop());

const LONG = 'Why is the launch on this day and on no other day of the year? '.repeat(150);

async function asked(scope: object, content: string) {
  const { body } = await client.post('/v1/ask/sessions', { scope, end_user_id: owned.endUser.id });
  const path = `/v1/ask/sessions/${body.id}/messages`;
  return { path, answer: await client.post(path, { content, provider: 'openai' }) };
}

test('502: a question that leaves no room for a context says so, is stored, and a shorter one is answered', async () => {
  const { path, answer } = await asked({ type: 'library' }, LONG);
  expect(answer.status).toBe(502);
  expect(answer.body.error).toMatchObject({
    code: 'provider_error',
    message: expect.stringMatching(/short/i),
    details: { reason: 'context_too_long', provider: 'openai', retryable: false },
  });
  const { data } = (await client.get(path)).body;
  expect(data).toMatchObject([{ role: 'user', status: 'failed', error: { code: 'provider_error' } }]);
  const next = await client.post(path, { content: 'When is the launch?', provider: 'openai' });
  expect(next.status).toBe(200);
});

test('200: an ordinary question is answered in the same window', async () => {
  const { answer } = await asked({ type: 'library' }, 'When is the launch?');
  expect(answer.status).toBe(200);
  expect(answer.body.message.content).toContain('May twelve');
});
