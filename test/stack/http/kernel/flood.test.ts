import type { Answer, Client } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';
import { talks } from '../../faults/asking.ts';
import { modelAt, until } from '../../faults/model.ts';

/** A project that sends far more than it may must not be felt by another one. */
const LIMIT = 150;
const MAX_QUEUED = 12;
const MAX_STREAMS = 6;

let service: Service;
let noisy: Client;
let quiet: Client;
let patientClient: Client;
let patient: Awaited<ReturnType<typeof talks>>;
let noisyTalks: Awaited<ReturnType<typeof talks>>;
let quietTalks: Awaited<ReturnType<typeof talks>>;

beforeAll(async () => {
  const limits = {
    RATE_LIMIT_PER_MINUTE: `${LIMIT}`,
    SESSION_MAX_QUEUED: `${MAX_QUEUED}`,
    MAX_STREAMS_PER_KEY: `${MAX_STREAMS}`,
  };
  service = await startService({ settings: { ...limits, DEFAULT_PROVIDER: 'openai' } });
  [noisy, quiet] = await Promise.all([service.client(), service.client()]);
  patientClient = await service.client();
  patient = await talks(patientClient);
  [noisyTalks, quietTalks] = await Promise.all([talks(noisy), talks(quiet)]);
}, 120_000);
afterAll(() => service?.stop());

const isRefused = ({ status }: Answer) => status === 429;
const retryAfter = ({ headers }: Answer) => Number(headers.get('retry-after'));

test('while one project has a line of turns that do not move, another one is answered', async () => {
  const model = modelAt(service.sandboxUrl);
  const before = await model.calls();
  await model.hold();
  const line = await noisyTalks.open();
  const held = await line.ask('The first?', undefined, { prefer: 'respond-async' });
  await model.reached(before + 1);
  const ended: Answer[] = [];
  const flood = Array.from({ length: 2 * MAX_QUEUED }, async (_, i) => ended.push(await line.ask(`Next ${i}?`)));
  await until(async () => ended.length >= MAX_QUEUED + 1);

  const answers = await Promise.all([1, 2, 3].map((i) => quietTalks.begin(`Question ${i}?`)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);

  expect(ended.map(({ status }) => status)).toEqual(Array(MAX_QUEUED + 1).fill(429));
  expect(Math.min(...ended.map(retryAfter))).toBeGreaterThan(0);
  await noisy.post(`${held.headers.get('location')}/cancel`);
  await Promise.all(flood);
  expect(ended.slice(MAX_QUEUED + 1).map(({ status }) => status)).toEqual(Array(MAX_QUEUED - 1).fill(200));
}, 60_000);

test('while one project sends more than it may, no request of another one is refused', async () => {
  const flood = Promise.all(Array.from({ length: 2 * LIMIT }, () => noisyTalks.begin('When is the launch?')));
  const answers: Answer[] = [];
  for (let i = 0; i < 10; i++) answers.push(await quietTalks.begin('When is the launch?'));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));

  const refused = (await flood).filter(isRefused);
  expect(refused.length).toBeGreaterThan(0);
  expect(Math.min(...refused.map(retryAfter))).toBeGreaterThan(0);
}, 120_000);

test('a question above the queue limit is refused to a client that does not wait, too', async () => {
  const model = modelAt(service.sandboxUrl);
  const before = await model.calls();
  await model.hold();
  const line = await patient.open();
  const later = { prefer: 'respond-async' };
  const held = await line.ask('The first?', undefined, later);
  await model.reached(before + 1);
  const flood = await Promise.all(
    Array.from({ length: 2 * MAX_QUEUED }, (_, i) => line.ask(`Next ${i}?`, undefined, later)),
  );
  expect(flood.filter(({ status }) => status === 202)).toHaveLength(MAX_QUEUED - 1);
  expect(flood.filter(isRefused)).toHaveLength(MAX_QUEUED + 1);
  await patientClient.post(`${held.headers.get('location')}/cancel`);
}, 60_000);

test('streams above the limit of a key are refused with the state of its rate limit, and another key is answered', async () => {
  // Another model than the one that turns of the test before may still ask.
  await modelAt(service.sandboxUrl, 'gemini').hold();
  const { sessionId } = await patient.open();
  const question = { content: 'The first?', provider: 'gemini' };
  const later = { prefer: 'respond-async' };
  const held = await patientClient.post(`/v1/ask/sessions/${sessionId}/messages`, question, later);
  const turn = held.headers.get('location') ?? '';
  const follow = () =>
    fetch(`${service.url}${turn}/events`, { headers: { authorization: `Bearer ${patientClient.secret}` } });
  const open: Response[] = [];
  await until(async () => {
    const answers = await Promise.all(Array.from({ length: MAX_STREAMS - open.length }, follow));
    return open.push(...answers.filter(({ ok }) => ok)) === MAX_STREAMS;
  });

  const refused = Promise.all(Array.from({ length: 2 * MAX_STREAMS }, follow));
  expect((await quietTalks.begin('When is the launch?')).status).toBe(200);
  const states = (await refused).map(({ status, headers }) => [status, headers.has('x-ratelimit-remaining')]);
  expect(states).toEqual(states.map(() => [429, true]));
  await patientClient.post(`${turn}/cancel`);
  await Promise.all(open.map((stream) => stream.text()));
}, 60_000);
