import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client, Connection } from '@temporalio/client';
import { indexed } from '../../../support/builders.ts';
import { type Client as ApiClient, clientOf } from '../../../support/client.ts';
import { eventually } from '../../../support/eventually.ts';
import expected from './state-0.1.0/expected.json' with { type: 'json' };
import { type Stack, start } from './state-0.1.0/release.ts';

/** The state directory that 0.1.0 left, started with the code of this checkout. */
const directory = mkdtempSync(join(tmpdir(), 'ask-state-'));
const FILES = ['temporal.db', 'mongodb/ferretdb/ask.sqlite'];
const DELETED = 'deletedbefore';
const LINE = /Ended open runs of an earlier release .*Sessions: (\d+) .*Background work: (\d+) /g;
const OPEN = "TaskQueue = 'ask' AND ExecutionStatus = 'Running'";

let stack: Stack;
let api: ApiClient;
let temporal: Client;

beforeAll(async () => {
  execFileSync('tar', ['-xzf', 'test/stack/local/stack/state-0.1.0/state.tar.gz', '-C', directory]);
  for (const file of FILES) leaveDeleted(file);
  await startHere();
}, 120_000);
afterAll(async () => {
  await stopHere();
  rmSync(directory, { recursive: true, force: true });
}, 60_000);

/** Leaves a deleted word in a free page, as releases did that did not overwrite what they deleted. */
function leaveDeleted(file: string): void {
  const database = new DatabaseSync(join(directory, file));
  database.exec(`CREATE TABLE gone (word TEXT); INSERT INTO gone VALUES ('${DELETED}'); DROP TABLE gone`);
  database.close();
  expect(holdsDeleted(file)).toBe(true);
}

const holdsDeleted = (file: string) => readFileSync(join(directory, file)).includes(DELETED);

async function startHere(): Promise<void> {
  stack = await start('.', directory, {});
  api = clientOf(stack.api, { secret: stack.demo.key, keyId: 'key_1', projectId: 'prj_1' });
  temporal = new Client({ connection: await Connection.connect({ address: stack.temporal }) });
}

async function stopHere(): Promise<void> {
  await temporal?.connection.close();
  await stack?.stop();
}

const sessions = Object.entries(expected.sessions).map(([name, session]) => ({ name, ...session }));

test('the files hold no words that were deleted before', () => {
  expect(FILES.filter(holdsDeleted)).toEqual([]);
});

test.each(sessions)('the messages of the session "$name" are readable', async ({ id, messages }) => {
  const { status, body } = await api.get(`/v1/ask/sessions/${id}/messages?limit=100`);
  expect(status).toBe(200);
  // A turn that was at work may have been answered since.
  expect(body.data.slice(0, messages.length)).toMatchObject(messages);
});

test('the terminal says in one line how many runs were ended', async () => {
  const ended = await runsWhere("ExecutionStatus = 'Terminated'");
  const ofSessions = ended.filter(({ workflowId }) => workflowId.startsWith('ask-session/')).length;
  const lines = [...stack.notes().matchAll(LINE)].map(([, ...counts]) => counts.map(Number));
  expect(lines).toEqual(ended.length === 0 ? [] : [[ofSessions, ended.length - ofSessions]]);
});

test.each(Object.entries(expected.turns))(
  'the turn "%s" does not hang',
  async (_name, path) => {
    await eventually(async () => {
      const { status, body } = await api.get(path);
      // A turn that waited was not stored yet: it is gone with its run.
      return status === 404 || ['completed', 'failed', 'cancelled'].includes(body.status);
    });
  },
  60_000,
);

test.each(sessions)(
  'the session "$name" answers a new question',
  async ({ id }) => {
    const { status, body } = await api.post(`/v1/ask/sessions/${id}/messages`, { content: 'Who is the designer?' });
    expect({ status, body }).toMatchObject({ status: 200, body: { message: { role: 'assistant' } } });
  },
  60_000,
);

test('the indexing and the erasure that were under way come to their end', async () => {
  expect(await indexed(api, expected.transcription)).toMatchObject({ status: 'completed' });
  expect((await api.get(`/v1/recordings/${expected.recording}`)).body).toMatchObject({
    transcription_id: expected.transcription,
  });
  // The index is rebuilt for today's model meanwhile, which takes its own time.
  await eventually(async () => {
    const open = await runsWhere(OPEN);
    const working = await Promise.all(open.map(async (run) => run.type === 'indexTranscript' || (await erases(run))));
    return !working.includes(true);
  });
  expect((await api.get(`/v1/recordings/${expected.erased}`)).status).toBe(404);
}, 60_000);

test('no open run fails its workflow tasks', async () => {
  const failing: string[] = [];
  for (const { workflowId } of await runsWhere(OPEN)) {
    const { raw } = await temporal.workflow.getHandle(workflowId).describe();
    if ((raw.pendingWorkflowTask?.attempt ?? 1) > 1) failing.push(workflowId);
  }
  expect(failing).toEqual([]);
});

test('the second start ends nothing and says nothing', async () => {
  await stopHere();
  await startHere();
  expect(stack.notes()).not.toMatch(LINE);
}, 120_000);

/** An erasure that has ended looks once more in a run of its own, which waits for as long as a turn may take. */
async function erases({ workflowId, type }: { workflowId: string; type: string }): Promise<boolean> {
  if (type !== 'erase') return false;
  const { runId, raw } = await temporal.workflow.getHandle(workflowId).describe();
  return raw.workflowExecutionInfo?.firstRunId === runId;
}

async function runsWhere(query: string): Promise<{ workflowId: string; type: string }[]> {
  const runs = [];
  for await (const { workflowId, type } of temporal.workflow.list({ query })) runs.push({ workflowId, type });
  return runs;
}
