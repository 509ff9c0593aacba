import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { askResult } from '../../../../src/http/ask/schemas/ask-schemas.ts';
import { eventsOf, heard } from '../../../support/event-stream.ts';
import type { CheckedClient } from './checked-client.ts';
import type { Question } from './meeting.ts';

/** Whose model does not answer within a soak: only a cancel ends its turns. */
export const SILENT_PROVIDER = 'gemini';
const LONGEST_TURN_MS = 120_000;

/** Asks, and checks what comes. @returns whether an answer must stand in the session */
type Way = (client: CheckedClient, session: string, question: Question) => Promise<boolean>;

/** What a client can do with a question. */
export const WAYS: readonly Way[] = [
  async function plain(client, session, question) {
    check(await ask(client, session, question), question);
    return true;
  },
  async function streamed(client, session, question) {
    const response = await client.stream(messages(session), { body: { content: question.content } });
    checkStream(await eventsOf(response), question);
    return true;
  },
  async function hungUp(client, session, question) {
    const response = await client.stream(messages(session), { body: { content: question.content } });
    await eventsOf(response, (events) => events.some(({ name }) => name === 'delta'));
    return true;
  },
  async function asynchronous(client, session, question) {
    const turn = await accepted(client, session, { content: question.content });
    const { status, result } = await ended(client, turn);
    if (status !== 'completed') throw new Error(`${turn} is ${status}`);
    check(result, question);
    return true;
  },
  async function cancelled(client, session, question) {
    const turn = await accepted(client, session, { content: question.content, provider: SILENT_PROVIDER });
    await client.send('POST', `${turn}/cancel`, 200);
    const { status } = await ended(client, turn);
    if (status !== 'cancelled') throw new Error(`${turn} is ${status}, not cancelled`);
    return false;
  },
  async function hungUpAndResumed(client, session, question) {
    const response = await client.stream(messages(session), { body: { content: question.content } });
    const before = await eventsOf(response, (events) => events.some(({ name }) => name === 'delta'));
    const { id: last = '', data } = before.at(-1) ?? {};
    const turn = before.find(({ name }) => name === 'turn.started')?.data.turn_id ?? data;
    const path = `/v1/ask/sessions/${session}/turns/${turn}/events`;
    const after = await client.stream(path, { headers: { 'last-event-id': last } });
    checkStream([...before, ...(await eventsOf(after))], question);
    return true;
  },
  async function sentThreeTimes(client, session, question) {
    const sent = {
      headers: { 'idempotency-key': `${session} ${question.content}` },
      body: { content: question.content },
    };
    const send = () => client.send('POST', messages(session), 200, sent);
    const all = [...(await Promise.all([send(), send()])), await send()];
    for (const { body } of all) check(body, question);
    const ids = new Set(all.map(({ body }) => body.message.id));
    if (ids.size > 1) throw new Error(`one key was answered by ${[...ids].join(' and ')}`);
    if (all.at(-1)?.headers.get('idempotent-replayed') !== 'true') throw new Error('a repeat was not called one');
    return true;
  },
];

const messages = (session: string) => `/v1/ask/sessions/${session}/messages`;

async function ask(client: CheckedClient, session: string, { content }: Question) {
  return (await client.send('POST', messages(session), 200, { body: { content } })).body;
}

/** @returns the path of the turn */
async function accepted(client: CheckedClient, session: string, body: object): Promise<string> {
  const { headers } = await client.send('POST', messages(session), 202, { headers: { prefer: 'respond-async' }, body });
  return headers.get('location') ?? '';
}

async function ended(client: CheckedClient, turn: string) {
  for (const last = Date.now() + LONGEST_TURN_MS; Date.now() < last; await sleep(300)) {
    const { body } = await client.send('GET', turn, 200);
    if (body.completed_at !== null) return body;
  }
  throw new Error(`${turn} did not end`);
}

function checkStream(events: Awaited<ReturnType<typeof eventsOf>>, question: Question): void {
  const last = events.at(-1);
  if (last?.name !== 'turn.completed') throw new Error(`a stream ended with ${last?.name}: ${JSON.stringify(last)}`);
  check(last.data, question);
  if (heard(events) !== last.data.message.content)
    throw new Error(`what was heard is not the answer: ${heard(events)}`);
}

/** The answer says what was asked for and cites the recording that says it. */
function check({ message }: z.output<typeof askResult>, { content, says, recordingId }: Question): void {
  const cites = message.parts.some((part) => part.type === 'citation' && part.recording_id === recordingId);
  if (!message.content.includes(says) || !cites)
    throw new Error(`"${content}" was not answered by "${says}" of ${recordingId}: ${JSON.stringify(message)}`);
}
