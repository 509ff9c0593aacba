import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DataConverter, defaultPayloadConverter } from '@temporalio/common';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { z } from 'zod';
import { createCodecServer } from '../../../src/adapters/temporal/payloads/codec-server.ts';
import { dataConverterFor } from '../../../src/adapters/temporal/payloads/data-converter.ts';
import { payloadCodec } from '../../../src/adapters/temporal/payloads/payload-codec.ts';
import { workflowBundle } from '../../../src/adapters/temporal/worker/workflow-bundle.ts';
import { AskError } from '../../../src/domain/shared/errors.ts';
import { listen, type RunningServer } from '../../../src/runtime/servers/listen.ts';
import type { PayloadKey } from '../../../src/runtime/settings/payload-keys.ts';
import { toFailure } from '../../../workflows/failures.ts';
import { scopeReference } from '../../support/context-references.ts';
import {
  anAnswer,
  aTurn,
  type SessionHarness,
  type SessionUnderTest,
  scriptedActivities,
  sessionHarness,
} from './session-harness.ts';

const aKey = (id: string): PayloadKey => ({ id, secret: randomBytes(32) });
const older = aKey('2026-05');
const newer = aKey('2026-11');
const SECRETS = {
  question: 'QUESTION-wombat-7731',
  answer: 'ANSWER-narwhal-2209',
  source: 'SOURCE-pangolin-5150',
  failure: 'FAILURE-axolotl-8080',
};

/** Everything that the server keeps of the run, as bytes. */
async function rawHistory(harness: SessionHarness, session: SessionUnderTest): Promise<Buffer> {
  const response = await harness.client.workflowService.getWorkflowExecutionHistory({
    namespace: 'default',
    execution: { workflowId: session.workflowId },
  });
  const { GetWorkflowExecutionHistoryResponse: message } = proto.temporal.api.workflowservice.v1;
  return Buffer.from(message.encode(message.create(response)).finish());
}

/** A session with one answered turn and one that failed, both full of what must not be seen. */
async function playedSession(harness: SessionHarness, first = aTurn(SECRETS.question)): Promise<SessionUnderTest> {
  // Words of the question stand in what it was understood to say.
  const found = scopeReference({ chunkIds: ['chk_1'], scores: [1], understood: [{ text: SECRETS.source }] });
  let calls = 0;
  const worker = await harness.startWorker(
    scriptedActivities({
      gatherContext: async () => found,
      generateAnswer: async () => {
        if (++calls > 1) throw toFailure(new AskError('not_found', SECRETS.failure));
        return { ...anAnswer(), content: SECRETS.answer };
      },
    }).activities,
  );
  const session = harness.session();
  await session.ask(first);
  expect((await session.snapshot(first)).result?.message.content).toBe(SECRETS.answer);
  const failed = await session.ask(aTurn(SECRETS.question));
  expect(failed.outcome).toMatchObject({ status: 'failed', error: { message: SECRETS.failure } });
  await worker.stop();
  return session;
}

const withKeys = (...keys: PayloadKey[]): DataConverter => dataConverterFor({ PAYLOAD_KEYS: keys });
const bundles = join(tmpdir(), 'ask-api-test-bundles');

describe('a session whose payloads are encrypted', () => {
  const taskQueue = `test-${randomUUID()}`;
  const first = aTurn(SECRETS.question);
  let harness: SessionHarness;
  let session: SessionUnderTest;
  let raw: Buffer;

  beforeAll(async () => {
    harness = await sessionHarness({ taskQueue, dataConverter: withKeys(older, newer) });
    session = await playedSession(harness, first);
    raw = await rawHistory(harness, session);
  }, 60_000);
  afterAll(() => harness?.close());

  test.each(Object.entries(SECRETS))('its history holds no %s', (_what, text) => {
    expect(raw.includes(text)).toBe(false);
  });

  test('the same session without keys does show them, so that the test above can fail', async () => {
    const open = await sessionHarness();
    const shown = await rawHistory(open, await playedSession(open));
    await open.close();
    expect(Object.values(SECRETS).filter((text) => shown.includes(text))).toEqual(Object.values(SECRETS));
  });

  test('its history names the key that opens it', () => {
    expect(raw.includes('binary/encrypted')).toBe(true);
    expect(raw.includes(older.id)).toBe(true);
  });

  test('replays after the key was rotated', async () => {
    const history = historyFromJSON(JSON.parse(historyToJSON(await session.handle().fetchHistory())));
    const dataConverter = withKeys(newer, older);
    const bundle = await workflowBundle(bundles, dataConverter);
    await Worker.runReplayHistory({ workflowBundle: bundle, dataConverter }, history, session.workflowId);
  });

  test('goes on under a new key, and still tells what it answered under the old one', async () => {
    const rotated = await sessionHarness({ taskQueue, dataConverter: withKeys(newer, older) });
    const worker = await rotated.startWorker(scriptedActivities().activities);
    const { outcome } = await session.ask(aTurn(SECRETS.question));
    const { result } = await session.snapshot(first);
    await worker.stop();
    await rotated.close();
    expect(outcome.status).toBe('completed');
    expect(result?.message.content).toBe(SECRETS.answer);
    const grown = await rawHistory(harness, session);
    expect([grown.includes(newer.id), grown.includes(SECRETS.question)]).toEqual([true, false]);
  });
});

describe('the codec server', () => {
  const token = 'a-token-of-more-than-thirty-two-characters';
  const uiOrigin = 'https://temporal.example.com';
  const lines: string[] = [];
  let server: RunningServer;

  beforeAll(async () => {
    const logger = { info: (...line: unknown[]) => void lines.push(JSON.stringify(line)) };
    const app = createCodecServer({ codec: payloadCodec([newer, older]), token, uiOrigin, logger });
    server = await listen(app, { host: '127.0.0.1', port: 0, graceMs: 100 });
  });
  afterAll(() => server?.close());

  const call = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      body: JSON.stringify(body),
    });
  const sealed = async (key: PayloadKey, text = SECRETS.answer) => {
    const payloads = await payloadCodec([key]).encode([defaultPayloadConverter.toPayload(text)]);
    return { payloads: payloads.map((payload) => proto.temporal.api.common.v1.Payload.create(payload).toJSON()) };
  };
  const reply = z.object({
    payloads: z.array(z.object({ metadata: z.record(z.string(), z.string()), data: z.string() })),
  });
  const payloadsOf = async (response: Response) => reply.parse(await response.json());
  const plain = (payload: { data: string }) => Buffer.from(payload.data, 'base64').toString();

  test.each([older, newer])('decodes what the key $id sealed for a caller with the token', async (key) => {
    const response = await call('/decode', await sealed(key));
    const { payloads } = await payloadsOf(response);
    expect(payloads.map(plain)).toEqual([JSON.stringify(SECRETS.answer)]);
  });

  test('encodes for a caller with the token', async () => {
    const words = { metadata: {}, data: Buffer.from('words').toString('base64') };
    const { payloads } = await payloadsOf(await call('/encode', { payloads: [words] }));
    expect(Buffer.from(payloads[0]?.metadata.encoding ?? '', 'base64').toString()).toBe('binary/encrypted');
    expect(payloads.map(plain)).not.toContain('words');
  });

  test.each([
    ['no token', ''],
    ['another token', 'Bearer nope'],
    ['the beginning of the token', `Bearer ${token.slice(0, -1)}`],
  ])('refuses a caller with %s', async (_what, authorization) => {
    const response = await call('/decode', await sealed(newer), { authorization });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain(SECRETS.answer);
  });

  test('says which key is missing, and nothing else', async () => {
    const response = await call('/decode', await sealed(aKey('2025-01')));
    expect(response.status).toBe(422);
    expect(await response.text()).toBe('A payload needs the key "2025-01", which PAYLOAD_KEYS lacks.');
  });

  test.each([[{}], [{ payloads: [{ data: 'not base64!' }] }], [[]]])('refuses %j', async (body) => {
    const response = await call('/decode', body);
    expect([response.status, response.headers.get('cache-control')]).toEqual([422, 'no-store']);
  });

  test('lets pages of the Temporal UI alone call it', async () => {
    const preflight = (origin: string) =>
      fetch(`${server.url}/decode`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      });
    const [ours, others] = await Promise.all([preflight(uiOrigin), preflight('https://evil.example.com')]);
    expect(ours.headers.get('access-control-allow-origin')).toBe(uiOrigin);
    expect(others.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('logs which keys were used, and no words', async () => {
    lines.length = 0;
    await call('/decode', await sealed(older), { 'x-namespace': 'default' });
    expect(lines).toEqual([expect.stringContaining('"keys":["2026-05"]')]);
    expect(lines.join()).not.toContain(SECRETS.answer);
  });
});

describe('a payload', () => {
  const codec = payloadCodec([newer]);
  const roundTrip = async (text: string) => {
    const [sealed] = await codec.encode([defaultPayloadConverter.toPayload(text)]);
    return { sealed, opened: await codec.decode(sealed ? [sealed] : []) };
  };

  test.each(['', 'short', 'long '.repeat(10_000), randomBytes(5_000).toString('base64')])('survives', async (text) => {
    const { opened } = await roundTrip(text);
    expect(opened.map((payload) => defaultPayloadConverter.fromPayload(payload))).toEqual([text]);
  });

  test('is compressed where that pays', async () => {
    const { sealed } = await roundTrip('long '.repeat(10_000));
    expect(sealed?.data?.length).toBeLessThan(1_000);
  });

  test('that was altered is refused', async () => {
    const { sealed } = await roundTrip('words');
    const data = Buffer.from(sealed?.data ?? []);
    data.writeUInt8(data.readUInt8(data.length - 1) ^ 1, data.length - 1);
    await expect(codec.decode([{ ...sealed, data }])).rejects.toThrow('does not open with the key "2026-11"');
  });

  test('whose key id was exchanged is refused, even where both ids hold the same secret', async () => {
    const { sealed } = await roundTrip('words');
    const twin = payloadCodec([newer, { ...newer, id: 'twin' }]);
    const metadata = { ...sealed?.metadata, 'encryption-key-id': Buffer.from('twin') };
    await expect(twin.decode([{ ...sealed, metadata }])).rejects.toThrow('does not open');
  });

  test('in clear is read as it is', async () => {
    const clear = defaultPayloadConverter.toPayload('words');
    expect(await codec.decode([clear])).toEqual([clear]);
  });
});
