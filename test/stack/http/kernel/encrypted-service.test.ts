import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { anAskableRecording } from '../../../support/builders.ts';
import { type Service, startService } from '../../../support/service.ts';

const QUESTION = 'When is the launch, wombat?';

let service: Service;
beforeAll(async () => {
  const PAYLOAD_KEYS = `test:${randomBytes(32).toString('base64')}`;
  service = await startService({ settings: { PAYLOAD_KEYS } });
}, 60_000);
afterAll(() => service?.stop());

test('with PAYLOAD_KEYS the service answers as ever, and Temporal holds neither question nor answer', async () => {
  const client = await service.client();
  const { endUser } = await anAskableRecording(client);
  const asked = { scope: { type: 'library' }, end_user_id: endUser.id, initial_message: { content: QUESTION } };
  const { status, body } = await client.post('/v1/ask/sessions', asked);
  expect([status, body.message.content]).toEqual([200, expect.stringContaining('May twelve')]);
  expect((await client.post(`/v1/ask/sessions/${body.session_id}/messages`, { content: 'And why?' })).status).toBe(200);

  const connection = await Connection.connect({ address: service.settings.TEMPORAL_ADDRESS ?? '' });
  const execution = { workflowId: `ask-session/${body.session_id}` };
  const { workflowService } = new Client({ connection });
  const response = await workflowService.getWorkflowExecutionHistory({ namespace: 'default', execution });
  await connection.close();
  const { GetWorkflowExecutionHistoryResponse: message } = proto.temporal.api.workflowservice.v1;
  const raw = Buffer.from(message.encode(message.create(response)).finish());
  expect(raw.includes('binary/encrypted')).toBe(true);
  expect([QUESTION, 'May twelve', 'And why?'].filter((text) => raw.includes(text))).toEqual([]);
}, 60_000);

test('a bad key stops the process with the name of the setting, and does not show the key', async () => {
  const bad = `test:${randomBytes(16).toString('base64')}`;
  const refused = startService({ worker: false, settings: { PAYLOAD_KEYS: bad } });
  await expect(refused).rejects.toThrow('PAYLOAD_KEYS: each key must have 32 bytes');
  await expect(refused).rejects.not.toThrow(bad);
}, 60_000);
