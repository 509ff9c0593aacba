import { setTimeout as sleep } from 'node:timers/promises';
import { anEndUser, aRecording, aTranscript, turnWith } from '../../../support/builders.ts';
import { type Client, request } from '../../../support/client.ts';
import { shownOf } from '../../../support/runs.ts';
import { clearFaults, orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';

/** What people said and what opens doors: each stands in one turn of this test, and may leak nowhere. */
const PRIVATE = {
  question: 'wombatquestion',
  'transcript text': 'narwhaltranscript',
  speaker: 'Pangolinspeaker',
  'recording name': 'axolotlrecording',
  'end user name': 'Quokkaname',
  'metadata of a recording': 'okapimetadata',
  'provider key': 'sk-provider-tapir-key',
};
const QUESTION = `What is the launch date of ${PRIVATE.question}?`;

let service: Service;
let client: Client;
let recordingId: string;
let transcriptionId: string;

beforeAll(async () => {
  service = await startService({
    settings: (sandboxUrl) => ({
      OPENAI_API_KEY: PRIVATE['provider key'],
      OPENAI_BASE_URL: `${sandboxUrl}/openai/v1`,
      LOG_LEVEL: 'trace',
    }),
  });
  client = await service.client();
  const endUser = await anEndUser(client, { name: PRIVATE['end user name'] });
  const recording = await aRecording(client, endUser.id, {
    name: PRIVATE['recording name'],
    metadata: { note: PRIVATE['metadata of a recording'] },
  });
  recordingId = recording.id;
  const words = {
    start: 0,
    end: 5,
    speaker: PRIVATE.speaker,
    text: `The launch date is ${PRIVATE['transcript text']}.`,
  };
  transcriptionId = (await aTranscript(client, recordingId, [words])).id;
}, 120_000);
afterAll(() => service?.stop());

/** Where things could leak to, after a turn. */
async function placesAfter(ask: () => Promise<unknown>) {
  const answer = await ask();
  // The last lines are written after the response.
  await sleep(200);
  const { body: metrics } = await request(service.url, 'GET', '/metrics', {});
  return { 'error body': JSON.stringify(answer), logs: service.logs(), metrics: String(metrics) };
}

function expectNothingPrivate(places: Record<string, string>): void {
  const found = Object.entries({ ...PRIVATE, key: client.secret }).flatMap(([what, words]) =>
    Object.entries(places).flatMap(([place, text]) => (text.includes(words) ? [`${what} in ${place}`] : [])),
  );
  expect(found).toEqual([]);
}

const ask = (extra: object = {}, headers = {}) =>
  client.post(
    '/v1/ask/sessions',
    { scope: { type: 'recording', recording_id: recordingId }, initial_message: { content: QUESTION, ...extra } },
    headers,
  );
const sayingAll = Object.values(PRIVATE).join(' ');

test('the answer does hold what was said, so that the tests below can fail', async () => {
  const { status, body } = await ask();
  expect(status).toBe(200);
  expect(body.message.content).toContain(PRIVATE['transcript text']);
  const received = await (await fetch(`${service.sandboxUrl}/sandbox/requests`)).text();
  expect(received).toContain(PRIVATE.speaker);
});

test('an answered turn leaves no private words in logs, metrics and what Temporal shows', async () => {
  const { body } = await ask();
  const { logs, metrics } = await placesAfter(async () => undefined);
  const run = await shownOf(service.settings.TEMPORAL_ADDRESS ?? '', `ask-session/${body.session_id}`);
  const indexing = await shownOf(service.settings.TEMPORAL_ADDRESS ?? '', `index-transcript/${transcriptionId}`);
  expect(run).toContain(client.projectId);
  expectNothingPrivate({ logs, metrics, run, indexing });
});

describe('a turn that fails leaves no private words anywhere', () => {
  afterEach(() => clearFaults(service.sandboxUrl));

  test.each([
    ['a refusal that quotes the request', { status: 400, body: { error: { message: sayingAll, type: sayingAll } } }],
    ['a refused key that is quoted', { status: 401, body: { error: { message: sayingAll } } }],
    ['a server error in text', { status: 500, body: sayingAll }],
    ['a reply that is no JSON', { malformed: true as const }],
    ['a dropped connection', { drop: true as const }],
  ])('%s', async (_what, fault) => {
    await orderFault(service.sandboxUrl, { provider: 'openai', times: -1, ...fault });
    let session = '';
    const places = await placesAfter(async () => {
      const { status, body } = await ask();
      expect(status).toBe(502);
      session = body.error.details.session_id;
      return body;
    });
    const run = await shownOf(service.settings.TEMPORAL_ADDRESS ?? '', `ask-session/${session}`);
    expect(run).toContain('provider_error');
    expectNothingPrivate({ ...places, run });
  });

  test('a retry that is still waiting, as Temporal shows it', async () => {
    const headers = { 'retry-after': '30' };
    await orderFault(service.sandboxUrl, { provider: 'openai', times: -1, status: 429, headers, body: sayingAll });
    const { body, headers: answered } = await ask({}, { prefer: 'respond-async' });
    const location = answered.get('location') ?? '';
    await turnWith(client, location, ['generating']);
    const run = await shownOf(service.settings.TEMPORAL_ADDRESS ?? '', `ask-session/${body.session_id}`);
    await client.post(`${location}/cancel`);
    expectNothingPrivate({ run, logs: service.logs() });
  });
});

test('requests that are refused leave no private words in their answer or the logs', async () => {
  const id = `/v1/ask/sessions/${PRIVATE.question}`;
  const places = await placesAfter(async () => [
    (await ask({ [PRIVATE.question.slice(1)]: 1, provider: 'nobody' })).body,
    (await client.post('/v1/ask/sessions', `{"${sayingAll}`)).body,
    (await client.get('/v1/ask/sessions', { headers: { authorization: `Bearer ${client.secret}x` } })).body,
  ]);
  await client.get(`${id}?q=${PRIVATE.speaker}`);
  expectNothingPrivate({ ...places, logs: service.logs() });
});
