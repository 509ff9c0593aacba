/**
 * Makes `state.tar.gz` and `expected.json` with the code of release 0.1.0 itself:
 * `node test/stack/local/stack/state-0.1.0/make.ts CHECKOUT`, where CHECKOUT is a work tree of b94323c after `npm ci`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { z } from 'zod';
import { type Stack, start } from './release.ts';

/** Ten years: a run that is open at the kill is open whenever the directory is started. */
const NEVER_MS = '315576000000';
const HOUR_MS = 3_600_000;
const OPEN_RUNS = "TaskQueue = 'ask' AND ExecutionStatus = 'Running'";

const idOf = z.object({ id: z.string() });
const messages = z.object({ data: z.array(z.object({ role: z.string(), content: z.string() })) });

const checkout = z.string({ error: 'usage: make.ts CHECKOUT' }).parse(process.argv[2]);
const directory = mkdtempSync(join(tmpdir(), 'ask-state-'));
/** The sessions by what is special about them. */
const sessions: Record<string, string> = {};

await closeSessions();
keep(await leaveRunsOpen());
rmSync(directory, { recursive: true });

/** Leaves sessions of each scope whose runs have ended. */
async function closeSessions(): Promise<void> {
  const stack = await start(checkout, directory, { SESSION_IDLE_MS: '1000' });
  const [one, ...others] = stack.demo.recording_ids;
  const over = { type: 'recording', recording_id: one };
  for (const scope of [over, { type: 'library' }, { type: 'selected', recording_ids: [one, others[0]] }]) {
    await open(stack, `${scope.type}, finished`, scope);
    await ask(stack, `${scope.type}, finished`, 'Who is the project manager?');
  }
  await open(stack, 'reopened', { type: 'library' });
  await ask(stack, 'reopened', 'Who designs the interface?');
  await open(stack, 'streamed', over);
  await (await ask(stack, 'streamed', 'What is the budget?', { accept: 'text/event-stream' })).text();
  await open(stack, 'failed', over);
  await order(stack, { status: 400 });
  await ask(stack, 'failed', 'Which question fails?', {}, 502);
  const temporal = await temporalOf(stack);
  while ((await temporal.workflow.count(OPEN_RUNS)).count > 0) await sleep(200);
  await temporal.connection.close();
  await stack.stop();
}

/** Leaves open runs of every kind, and nobody who could have ended them. @returns what the test expects */
async function leaveRunsOpen(): Promise<object> {
  const long = { SESSION_IDLE_MS: NEVER_MS, LLM_TIMEOUT_MS: `${HOUR_MS}`, TURN_BUDGET_MS: `${HOUR_MS}` };
  const stack = await start(checkout, directory, long);
  const temporal = await temporalOf(stack);
  const [one, two, three, four] = stack.demo.recording_ids;
  const scopes = [
    { type: 'recording', recording_id: one },
    { type: 'library' },
    { type: 'selected', recording_ids: [one, two] },
  ];
  await ask(stack, 'reopened', 'What does the remote control cost?');
  await open(stack, 'empty', { type: 'library' });
  for (const scope of scopes) {
    for (const kind of ['open', 'at work']) {
      await open(stack, `${scope.type}, ${kind}`, scope);
      await ask(stack, `${scope.type}, ${kind}`, 'Which colour is it?');
    }
    await ask(stack, `${scope.type}, open`, 'What about its shape?');
  }
  const turns: Record<string, string> = {};
  await order(stack, { delay_ms: HOUR_MS, times: -1 });
  for (const { type } of scopes) {
    const later = { prefer: 'respond-async' };
    const asked = await ask(stack, `${type}, at work`, 'Which question is being answered?', later, 202);
    turns[`${type}, running`] = asked.headers.get('location') ?? '';
    const waiting = await ask(stack, `${type}, at work`, 'Which question waits?', later, 202);
    turns[`${type}, queued`] = waiting.headers.get('location') ?? '';
  }
  await sleep(1_000);
  stack.freeze('sandbox/main.ts');
  const body = { language: 'en', segments: [{ start: 0, end: 5, speaker: 'Ana', text: 'The zeppelin is purple.' }] };
  const transcription = await idIn(send(stack, 'POST', `/v1/recordings/${three}/transcriptions`, 202, { body }));
  await send(stack, 'DELETE', `/v1/recordings/${four}`, 202);
  const conversations: Record<string, unknown> = {};
  for (const [name, id] of Object.entries(sessions)) {
    const page = await send(stack, 'GET', `/v1/ask/sessions/${id}/messages?limit=100`, 200);
    conversations[name] = { id, messages: messages.parse(await page.json()).data };
  }
  stack.freeze('ferretdb');
  await temporal.schedule.getHandle('ask-maintain/ask').trigger();
  await sleep(2_000);
  const openRuns = [];
  for await (const { workflowId } of temporal.workflow.list({ query: OPEN_RUNS })) openRuns.push(workflowId);
  stack.kill();
  await temporal.connection.close();
  return { sessions: conversations, turns, transcription, recording: three, erased: four, openRuns: openRuns.sort() };
}

/** Packs what a start needs: without logs, compiled code, lock, and the ports of a stack that is gone. */
function keep(expected: object): void {
  for (const file of ['temporal.db', 'mongodb/ferretdb/ask.sqlite']) {
    const database = new DatabaseSync(join(directory, file), { enableDoubleQuotedStringLiterals: true });
    database.exec('PRAGMA wal_checkpoint(TRUNCATE); VACUUM;');
    database.close();
  }
  const target = fileURLToPath(new URL('state.tar.gz', import.meta.url));
  const left = ['logs', 'cache', 'up.lock', 'stack.json'].flatMap((name) => ['--exclude', `./${name}`]);
  execFileSync('tar', [
    '--create',
    '--file',
    target,
    '--use-compress-program',
    'gzip -9',
    ...left,
    '-C',
    directory,
    '.',
  ]);
  writeFileSync(new URL('expected.json', import.meta.url), `${JSON.stringify(expected, null, 1)}\n`);
}

async function open(stack: Stack, name: string, scope: object): Promise<void> {
  const body = { scope, end_user_id: stack.demo.end_user_id };
  sessions[name] = await idIn(send(stack, 'POST', '/v1/ask/sessions', 201, { body }));
}

function ask(stack: Stack, name: string, content: string, headers = {}, status = 200): Promise<Response> {
  const path = `/v1/ask/sessions/${sessions[name]}/messages`;
  return send(stack, 'POST', path, status, { body: { content, provider: 'openai' }, headers });
}

/** Orders a fault of the sandbox's models. */
async function order(stack: Stack, fault: object): Promise<void> {
  const body = JSON.stringify({ provider: 'openai', ...fault });
  await fetch(`${stack.sandbox}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
}

interface Sent {
  body?: object;
  headers?: Record<string, string>;
}

async function send(stack: Stack, method: string, path: string, status: number, sent: Sent = {}): Promise<Response> {
  const { body, headers = {} } = sent;
  const response = await fetch(stack.api + path, {
    method,
    headers: { authorization: `Bearer ${stack.demo.key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status === status) return response;
  throw new Error(`${method} ${path} answers ${response.status}: ${await response.text()}`);
}

async function idIn(response: Promise<Response>): Promise<string> {
  return idOf.parse(await (await response).json()).id;
}

async function temporalOf({ temporal: address }: Stack): Promise<Client> {
  return new Client({ connection: await Connection.connect({ address }) });
}
