import { anAskableRecording } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { eventually } from '../../../support/eventually.ts';
import { orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;
let recordingId: string;

beforeAll(async () => {
  service = await startService();
  client = await service.client();
  recordingId = (await anAskableRecording(client)).recording.id;
}, 120_000);
afterAll(() => service?.stop());

/** The lines of a role that tell of this request. */
function linesOf(requestId: string, wanted = 'worker'): Record<string, unknown>[] {
  const lines = service
    .logs()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  return lines
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ role, request_id }) => role === wanted && request_id === requestId);
}

test('log lines of API and worker tell the project, the request, the turn and the session that they are about', async () => {
  const { body: session } = await client.post('/v1/ask/sessions', {
    scope: { type: 'recording', recording_id: recordingId },
  });
  await orderFault(service.sandboxUrl, { provider: 'openai', status: 400, times: 2 });
  const requestIds = ['worker-log-first', 'worker-log-second'];
  await Promise.all(
    requestIds.map((id) =>
      client.post(
        `/v1/ask/sessions/${session.id}/messages`,
        { content: `When is the launch? Asked by ${id}.`, provider: 'openai' },
        { 'X-Request-Id': id },
      ),
    ),
  );
  await eventually(() => requestIds.every((id) => linesOf(id).length > 0));
  const turns = requestIds.map((id) => new Set(linesOf(id).map((line) => line.turn_id)));
  expect(turns.map(({ size }) => size)).toEqual([1, 1]);
  expect(new Set(turns.flatMap((ids) => [...ids])).size).toBe(2);
  await eventually(() => requestIds.every((id) => linesOf(id, 'api').length > 1));
  for (const [index, id] of requestIds.entries()) {
    const [turn_id] = turns[index] ?? [];
    const ids = { turn_id, session_id: session.id, project_id: expect.stringMatching(/^prj_/) };
    expect(turn_id).toMatch(/^trn_/);
    for (const line of [...linesOf(id), ...linesOf(id, 'api')]) expect(line).toMatchObject(ids);
  }
  expect(service.logs()).not.toContain('taskToken');
}, 30_000);
