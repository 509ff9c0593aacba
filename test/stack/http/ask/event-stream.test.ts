import { connectMongo } from '../../../../src/adapters/mongo/index.ts';
import { anAskableRecording, turnWith } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { eventsOf, heard, type StreamedEvent } from '../../../support/event-stream.ts';
import { clearFaults, orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;
let recording: { id: string };
let endUser: { id: string };
let session: string;

beforeAll(async () => {
  service = await startService();
  client = await service.client();
  ({ recording, endUser } = await anAskableRecording(client));
  session = (await client.post('/v1/ask/sessions', { scope: { type: 'recording', recording_id: recording.id } })).body
    .id;
}, 120_000);
afterAll(() => service?.stop());
afterEach(() => clearFaults(service.sandboxUrl));

const question = { content: 'When is the launch?', provider: 'openai' };

function listening(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(service.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${client.secret}`,
      accept: 'text/event-stream',
      'content-type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
const ask = (headers?: Record<string, string>) => listening(`/v1/ask/sessions/${session}/messages`, question, headers);
const follow = (turn: StreamedEvent, lastEventId?: string) =>
  listening(
    `/v1/ask/sessions/${turn.data.session_id}/turns/${turn.data.turn_id}/events`,
    undefined,
    lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  );
const names = (events: readonly StreamedEvent[]) => events.map(({ name }) => name);
/** Slow enough that the answer is still being written when the test looks. */
const slowly = () => orderFault(service.sandboxUrl, { provider: 'openai', chunk_delay_ms: 60 });

describe('an answer as server-sent events', () => {
  test('200: words and citations come as they are written, and the end is exactly the ask result', async () => {
    await slowly();
    const response = await ask();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('x-workflow-id')).toBe(`ask-session/${session}`);
    const events = await eventsOf(response);
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => String(index + 1)));
    expect(names(events).slice(0, 2)).toEqual(['turn.started', 'sources']);
    expect(names(events).filter((name) => name === 'delta').length).toBeGreaterThan(2);
    expect(names(events)).toContain('citation');
    const { name, data } = events.at(-1) as StreamedEvent;
    expect(name).toBe('turn.completed');
    expect(heard(events)).toBe(data.message.content);
    const { body: turn } = await client.get(
      `/v1/ask/sessions/${session}/turns/${(events[0] as StreamedEvent).data.turn_id}`,
    );
    expect(data).toEqual(turn.result);
  });

  test('200: a session that the question creates, over a library, tells its sources before the first word', async () => {
    const created = { scope: { type: 'library' }, end_user_id: endUser.id, initial_message: question };
    const events = await eventsOf(await listening('/v1/ask/sessions', created));
    const { data } = events.at(-1) as StreamedEvent;
    expect(names(events).slice(0, 3)).toEqual(['turn.started', 'sources', 'delta']);
    expect(data.sources.length).toBeGreaterThan(0);
    // Those that only the answer cites follow those that were shown.
    const uncited = data.sources.map((source: object) => ({ ...source, cited: false }));
    const shown = events[1]?.data.sources;
    expect(uncited.slice(0, shown.length)).toEqual(shown);
    expect(data.retrieval).toMatchObject({ method: 'whole', complete: true });
    const [citation] = data.message.parts.filter(({ type }: { type: string }) => type === 'citation');
    expect(data.sources[citation.source_index]).toMatchObject({ recording_id: citation.recording_id, cited: true });
    const { text: _, source, ...published } = events.find(({ name }) => name === 'citation')?.data ?? {};
    // Nothing was searched, so that the citation appends its source.
    expect(shown).toEqual([]);
    expect(source).toEqual(data.sources[citation.source_index]);
    expect({ type: 'citation', ...published }).toEqual(citation);
    expect(data.session_id).toBe(events[0]?.data.session_id);
  });

  test('200: the token of an answer that found nothing is never shown, and its grounding says so', async () => {
    await slowly();
    const events = await eventsOf(
      await listening(`/v1/ask/sessions/${session}/messages`, { content: 'What is the capital of France?' }),
    );
    const { data } = events.at(-1) as StreamedEvent;
    const shown = events.filter(({ name }) => name === 'delta').map((event) => event.data.text);
    expect(shown.join('')).toBe('I could not find this in the recording.');
    expect(data.message).toMatchObject({
      content: shown.join(''),
      grounding: { status: 'not_found', unsupported: [] },
    });
  });

  test('200: a stream that broke off is resumed where it ended', async () => {
    await slowly();
    const before = await eventsOf(await ask(), (events) => events.length >= 4);
    const last = before.at(-1) as StreamedEvent;
    const after = await eventsOf(await follow(before[0] as StreamedEvent, last.id));
    expect(Number(after[0]?.id)).toBe(Number(last.id) + 1);
    expect(heard([...before, ...after])).toBe(after.at(-1)?.data.message.content);
  });

  test('200: a turn that is over is told again, event for event', async () => {
    const events = await eventsOf(await ask());
    expect(await eventsOf(await follow(events[0] as StreamedEvent))).toEqual(events);
  });

  test('200: a turn to which nobody listened is told too', async () => {
    const { body } = await client.post(`/v1/ask/sessions/${session}/messages`, question, { prefer: 'respond-async' });
    const turn = await turnWith(client, `/v1/ask/sessions/${session}/turns/${body.turn_id}`, ['completed']);
    const events = await eventsOf(await follow({ id: '1', name: 'turn.started', data: body }));
    expect(heard(events)).toBe(turn.result.message.content);
    expect(events.at(-1)?.data).toEqual(turn.result);
  });

  test('200: who follows a turn that waits its turn hears it as it is written', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', delay_ms: 500 });
    await orderFault(service.sandboxUrl, { provider: 'openai', chunk_delay_ms: 60 });
    const later = { prefer: 'respond-async' };
    await client.post(`/v1/ask/sessions/${session}/messages`, question, later);
    const { body } = await client.post(`/v1/ask/sessions/${session}/messages`, question, later);
    const events = await eventsOf(await follow({ id: '1', name: 'turn.started', data: body }));
    expect(names(events).filter((name) => name === 'delta').length).toBeGreaterThan(2);
  });

  test('200: a provider that fails in mid-answer is asked again, and the answer begins anew', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', chunk_delay_ms: 20, truncate: true });
    const events = await eventsOf(await ask());
    expect(names(events)).toContain('turn.restarted');
    expect(events.find(({ name }) => name === 'turn.restarted')?.data).toEqual({ attempt: 2 });
    expect(heard(events)).toBe(events.at(-1)?.data.message.content);
  }, 20_000);

  test('200: a turn that fails ends with its error', async () => {
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 400 });
    const events = await eventsOf(await ask());
    expect(events.at(-1)?.name).toBe('turn.failed');
    expect(events.at(-1)?.data.error).toMatchObject({ code: 'provider_error', details: { reason: 'bad_request' } });
  });

  test('200: the same Idempotency-Key tells the same turn again, and asks the model once', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const events = await eventsOf(await ask(headers));
    const again = await ask(headers);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await eventsOf(again)).toEqual(events);
  });

  test('200: a failed turn that is asked again with its Idempotency-Key goes on in the same stream', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 400 });
    expect((await eventsOf(await ask(headers))).at(-1)?.name).toBe('turn.failed');
    expect((await eventsOf(await ask(headers))).at(-1)?.name).toBe('turn.completed');
  });

  test('410: the events of a turn that ended more than a day ago', async () => {
    const events = await eventsOf(await ask());
    const mongo = await connectMongo(service.settings.MONGODB_URI ?? '', { appName: 'test' });
    const longAgo = new Date(Date.now() - 25 * 60 * 60 * 1000).toISOString();
    const messages = mongo.collection<{ _id: string }>('messages');
    await messages.updateOne({ _id: events.at(-1)?.data.message.id }, { $set: { createdAt: longAgo } });
    await mongo.close();
    const gone = await follow(events[0] as StreamedEvent);
    expect(gone.status).toBe(410);
    expect(await gone.json()).toMatchObject({ error: { code: 'gone' } });
  });

  test('200: so does one over a library, whose sources stand in the database', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const scope = { type: 'library' };
    const body = { scope, end_user_id: endUser.id, initial_message: question };
    await orderFault(service.sandboxUrl, { provider: 'openai', status: 400 });
    const first = await eventsOf(await listening('/v1/ask/sessions', body, headers));
    expect(names(first).at(-1)).toBe('turn.failed');
    const again = await eventsOf(await listening('/v1/ask/sessions', body, headers));
    expect(names(again).at(-1)).toBe('turn.completed');
    expect(again.at(-1)?.data.sources.length).toBeGreaterThan(0);
  });

  test('400 and 404: what keeps a turn from beginning is an ordinary error', async () => {
    const bad = await listening(`/v1/ask/sessions/${session}/messages`, { content: '' });
    expect([bad.status, bad.headers.get('content-type')]).toEqual([400, expect.stringContaining('application/json')]);
    const unknown = await follow({
      id: '1',
      name: '',
      data: { session_id: session, turn_id: `trn_${'0'.repeat(26)}` },
    });
    expect(unknown.status).toBe(404);
    const { data } = (await eventsOf(await ask()))[0] as StreamedEvent;
    expect((await follow({ id: '1', name: '', data }, 'x')).status).toBe(400);
  });
});
