import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { sessionWorkflowId } from '../../../workflows/contract.ts';
import { anAskableRecording, turnWith } from '../../support/builders.ts';
import type { Client } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { untilDecided } from '../pairs/scene.ts';
import { type PairStack, startPairStack } from '../pairs/stack.ts';

/** With what the first turn has written already, they make a history that this server calls long. */
const WAITING = 20;
/** Long enough for a turn to be sent and refused. */
const REFUSED_WITHIN_MS = 2_000;

let stack: PairStack;
let client: Client;
beforeAll(async () => {
  stack = await startPairStack({ TURN_BUDGET_MS: '15000', SESSION_IDLE_MS: '60000', DEFAULT_PROVIDER: 'openai' });
  client = await stack.client();
}, 120_000);
afterAll(() => stack?.stop(), 60_000);

async function aSession() {
  const { endUser, recording } = await anAskableRecording(client);
  const scope = { type: 'recording', recording_id: recording.id };
  const { body } = await client.post('/v1/ask/sessions', { scope });
  return { endUser, recording, session: body };
}

/** Runs hold questions and answers. */
async function hasRun(sessionId: `as_${string}`): Promise<boolean> {
  try {
    await stack.temporal.workflow.getHandle(sessionWorkflowId(sessionId)).describe();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

describe('a question whose API looked before the deletion leaves nothing in Temporal', () => {
  test.each(['session', 'recording', 'end user'])('of the %s', async (what) => {
    const { endUser, recording, session } = await aSession();
    const paths: Record<string, string> = {
      session: `/v1/ask/sessions/${session.id}`,
      recording: `/v1/recordings/${recording.id}`,
      'end user': `/v1/end_users/${endUser.id}`,
    };
    const hold = stack.hold({ command: 'find', collection: 'sessions', about: session.id, until: 'reply' });
    const asking = client.post(`/v1/ask/sessions/${session.id}/messages`, { content: 'When is the launch?' });
    await hold.reached;
    expect([202, 204]).toContain((await client.delete(paths[what] ?? '')).status);
    await eventually(async () => !(await hasRun(session.id)));
    hold.release();
    expect((await asking).status).toBe(404);
    await eventually(async () => !(await hasRun(session.id)));
  });

  test('of the end user, who asked it with a new session', async () => {
    const { endUser, recording } = await anAskableRecording(client);
    const hold = stack.hold({ command: 'insert', collection: 'sessions', about: endUser.id });
    const scope = { type: 'recording', recording_id: recording.id };
    const body = { scope, initial_message: { content: 'When is the launch?' } };
    // Whose run is deleted before it has looked again learns it from a repeat.
    const asking = untilDecided((key) => client.post('/v1/ask/sessions', body, key));
    await hold.reached;
    expect((await client.delete(`/v1/end_users/${endUser.id}`)).status).toBe(202);
    hold.release();
    expect((await asking).status).toBe(404);
    const query = `AskEndUser = '${endUser.id}' AND WorkflowType = 'askSession'`;
    await eventually(async () => (await stack.temporal.workflow.count(query)).count === 0);
  });
});

// It waits for as long as a turn may take. The other concurrent test runs meanwhile.
test.concurrent('what a frozen process writes after the erasure is found by its second look', async () => {
  const { endUser, session } = await aSession();
  const owner = { projectId: client.projectId, mode: 'test' as const, endUserId: endUser.id };
  expect((await client.delete(`/v1/ask/sessions/${session.id}`)).status).toBe(204);
  // It died between its write and its look.
  await stack.leave('messages', { _id: 'msg_late', ...owner, sessionId: session.id, role: 'user', position: 0 });
  await eventually(async () => !(await stack.holds('messages', 'msg_late')));
}, 60_000);

test('an answer that is stored after its turn was reported failed is told by turn, events and repeat', async () => {
  const { session } = await aSession();
  const path = `/v1/ask/sessions/${session.id}/messages`;
  const [body, key] = [{ content: 'When is the launch?' }, { 'idempotency-key': crypto.randomUUID() }];
  const hold = stack.hold({ command: 'insert', collection: 'messages', about: 'assistant' });
  const { headers } = await client.post(path, body, { prefer: 'respond-async', ...key });
  const location = headers.get('location') ?? '';
  await hold.reached;
  await stack.temporal.workflow.getHandle(sessionWorkflowId(session.id)).terminate();
  expect(await turnWith(client, location, ['failed'])).toMatchObject({ error: { code: 'unavailable' } });
  hold.release();
  await turnWith(client, location, ['completed']);
  const events = String((await client.get(`${location}/events`)).body);
  expect([events.includes('turn.completed'), events.includes('turn.failed')]).toEqual([true, false]);
  const repeated = await client.post(path, body, key);
  expect([repeated.status, repeated.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
  const { data } = (await client.get(path)).body;
  expect(data.map(({ role }: { role: string }) => role)).toEqual(['user', 'assistant']);
  expect(data[1].id).toBe(repeated.body.message.id);
}, 60_000);

test.concurrent('turns that are sent while their session is about to continue as new are all accepted and answered', async () => {
  const { session } = await aSession();
  const path = `/v1/ask/sessions/${session.id}/messages`;
  const send = (content: string) =>
    untilDecided((key) => client.post(path, { content }, { prefer: 'respond-async', ...key }));
  const model = stack.holdModel();
  const first = await send('first');
  await model.reached;
  // Those that wait fill the history, so that the run refuses the others.
  const waiting = Array.from({ length: WAITING }, (_, i) => send(`then ${i}`));
  await Promise.race([Promise.all(waiting), sleep(REFUSED_WITHIN_MS)]);
  model.release();
  const accepted = [first, ...(await Promise.all(waiting))];
  expect(accepted.map(({ status }) => status)).toEqual(accepted.map(() => 202));
  for (const { headers } of accepted) {
    const turn = await turnWith(client, headers.get('location') ?? '', ['completed', 'failed', 'cancelled']);
    expect(turn).toMatchObject({ status: 'completed' });
  }
}, 60_000);

test('two repairs at once remove what a tombstone covers, and nothing else', async () => {
  const [sessionId, messageId] = ['as_erased', 'msg_covered'] as const;
  const owner = { projectId: client.projectId, mode: 'test' as const, endUserId: 'eu_erased' as const };
  await stack.leave('tombstones', { _id: sessionId, ...owner, kind: 'session', recordingIds: [], purged: true });
  await stack.leave('messages', { _id: messageId, ...owner, sessionId, role: 'user', position: 0 });
  await stack.leave('messages', { _id: 'msg_lost', ...owner, sessionId: 'as_nobody', role: 'user', position: 0 });
  const hold = stack.hold({ command: 'delete', collection: 'messages', about: messageId });
  const first = stack.audit({ repair: true });
  await hold.reached;
  const second = stack.audit({ repair: true });
  const repaired = async (audit: typeof first) => (await audit).repaired.map(({ id }) => id);
  expect(await repaired(second)).toContain(messageId);
  hold.release();
  expect(await repaired(first)).toContain(messageId);
  expect([await stack.holds('messages', messageId), await stack.holds('messages', 'msg_lost')]).toEqual([false, true]);
}, 60_000);
