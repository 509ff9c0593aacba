import { WorkflowNotFoundError } from '@temporalio/client';
import { sessionWorkflowId } from '../../../workflows/contract.ts';
import { anAskableRecording } from '../../support/builders.ts';
import type { Client } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { type PairStack, startPairStack } from '../pairs/stack.ts';

let stack: PairStack;
let client: Client;
beforeAll(async () => {
  stack = await startPairStack();
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
    const asking = client.post('/v1/ask/sessions', { scope, initial_message: { content: 'When is the launch?' } });
    await hold.reached;
    expect((await client.delete(`/v1/end_users/${endUser.id}`)).status).toBe(202);
    hold.release();
    expect((await asking).status).toBe(404);
    const query = `AskEndUser = '${endUser.id}' AND WorkflowType = 'askSession'`;
    await eventually(async () => (await stack.temporal.workflow.count(query)).count === 0);
  });
});
