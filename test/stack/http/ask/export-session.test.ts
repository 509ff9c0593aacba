import { sessionExport } from '../../../../src/http/ask/schemas/ask-schemas.ts';
import { anAskableRecording } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';

const ATTACK = '<script>alert(1)</script>';

let service: Service;
let client: Client;
let endUserId: string;
let recordingId: string;
beforeAll(async () => {
  service = await startService();
  client = await service.client();
  const { endUser, recording } = await anAskableRecording(client);
  endUserId = endUser.id;
  recordingId = recording.id;
}, 120_000);
afterAll(() => service?.stop());

async function aConversation(scope: object, content: string): Promise<string> {
  const owner = 'recording_id' in scope ? {} : { end_user_id: endUserId };
  const { body } = await client.post('/v1/ask/sessions', { scope, ...owner, initial_message: { content } });
  return body.session_id;
}
const exported = (id: string, format?: string) =>
  client.get(`/v1/ask/sessions/${id}/export${format === undefined ? '' : `?format=${format}`}`);

test('JSON, the default, holds the session and what its message list shows', async () => {
  const id = await aConversation({ type: 'library' }, 'When is the launch?');
  const { status, body, headers } = await exported(id);
  expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
    200,
    'application/json',
    `attachment; filename="${id}.json"`,
  ]);
  expect(sessionExport.parse(body)).toEqual({
    session: (await client.get(`/v1/ask/sessions/${id}`)).body,
    messages: (await client.get(`/v1/ask/sessions/${id}/messages`)).body.data,
  });
});

test('a session without messages is an empty list', async () => {
  const { body } = await client.post('/v1/ask/sessions', { scope: { type: 'library' }, end_user_id: endUserId });
  expect((await exported(body.id)).body.messages).toEqual([]);
});

test.each(['library', 'recording'])(
  'Markdown of %s scope names the recording, the minute and the speaker of each citation',
  async (type) => {
    const scope = type === 'library' ? { type } : { type, recording_id: recordingId };
    const id = await aConversation(scope, 'When is the launch?');
    const { status, body, headers } = await exported(id, 'markdown');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/markdown; charset=utf-8']);
    expect(body).toMatch(
      /^# When is the launch\?\n\nA conversation about the (whole library|recording “Weekly sync”), begun /,
    );
    expect(body).toMatch(/\n## Question, [\d-]{10} [\d:]{5} UTC\n\n> When is the launch\?\n/);
    expect(body).toMatch(/\n## Answer by \w+, .*\n\n.*May twelve.*\[1\]/);
    expect(body).toMatch(/\n- \[1\] “Weekly sync” at 01:02, Ben\n/);
  },
);

test('Markdown holds no tag that a viewer could run', async () => {
  const { body } = await exported(
    await aConversation({ type: 'library' }, `${ATTACK}\nWhen is the launch?`),
    'markdown',
  );
  expect(body).toContain('> &lt;script>alert(1)&lt;/script>\n> When is the launch?');
  expect(body).not.toContain('<');
});

test('400: another format', async () => {
  const { status, body } = await exported('as_01jd3v9k2m8q4t6w0y5z7a1b3c', 'pdf');
  expect([status, body.error.details.field]).toEqual([400, 'format']);
});

test('403: a key without ask:read', async () => {
  const id = await aConversation({ type: 'library' }, 'When is the launch?');
  const other = await service.client({ projectId: client.projectId, scopes: ['ask:write'] });
  expect((await other.get(`/v1/ask/sessions/${id}/export`)).status).toBe(403);
});
