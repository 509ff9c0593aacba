import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckedClient } from './checked-client.ts';
import { bodyOf, largeBody, type Meeting, meetingOf, type Question, questionAbout } from './meeting.ts';
import { WAYS } from './ways-to-ask.ts';

const LONGEST_IMPORT_MS = 180_000;
const LARGE_BYTES = 5 * 1024 * 1024;

export interface Life {
  client: CheckedClient;
  /** Counts up in each project. */
  number: number;
  /** Between two things that somebody does. */
  pauseMs: number;
  /** Longer than a session stays open without a question. */
  awayMs: number;
}

interface Recorded {
  id: string;
  meeting: Meeting;
}

interface Session {
  id: string;
  recordings: readonly Recorded[];
  asked: { content: string; answer: string | null }[];
}

/** An end user who comes, has meetings recorded, asks about them in each way, and is erased with everything. */
export async function live({ client, number, pauseMs, awayMs }: Life): Promise<void> {
  const { id: endUser } = await make('/v1/end_users', { name: `End user ${number}` });
  const first = await record(meetingOf(3), 'json');
  const second = await record(meetingOf(number % 8 === 1 ? 60 : 4), 'vtt');
  if (number % 4 === 3) await recordLarge();
  const sessions = [
    await open({ type: 'recording', recording_id: first.id }, [first]),
    await open({ type: 'selected', recording_ids: [first.id, second.id] }, [first, second]),
    await open({ type: 'library' }, [first, second]),
  ];
  // Each session is asked in each way, in an order of its own.
  for (let i = 0; i < 2 * WAYS.length; i++) {
    if (i === WAYS.length) await sleep(awayMs);
    for (const [offset, session] of sessions.entries()) await askIn(session, i, i + 2 * offset);
  }
  for (const session of sessions) await readBack(session);
  await replace(first);
  await forget(sessions, second);
  await client.send('DELETE', `/v1/end_users/${endUser}`, 202);
  for (const gone of [`/v1/end_users/${endUser}`, `/v1/recordings/${first.id}`, pathOf(sessions[1])])
    await client.send('GET', gone, 404);

  async function make(path: string, body: object) {
    await sleep(pauseMs);
    return (await client.send('POST', path, 201, { body })).body;
  }

  async function record(meeting: Meeting, format: 'json' | 'vtt'): Promise<Recorded> {
    const { id } = await make('/v1/recordings', { end_user_id: endUser, name: `Meeting ${number}` });
    const transcript = await importInto(id, bodyOf(meeting, format), meeting.segments.length);
    const { body: whole } = await client.send('GET', `/v1/transcriptions/${transcript}`, 200);
    same('the words of a transcript', said(whole.segments), said(meeting.segments));
    const { body: page } = await client.send('GET', `/v1/transcriptions/${transcript}?limit=20`, 200);
    same('a page of a transcript', said(page.segments), said(meeting.segments.slice(0, 20)));
    return { id, meeting };
  }

  /** It is only read and stored: it says nothing to ask about. */
  async function recordLarge(): Promise<void> {
    const { id } = await make('/v1/recordings', { end_user_id: endUser, name: 'Large' });
    const { count, ...sent } = largeBody(LARGE_BYTES);
    await importInto(id, sent, count);
    await client.send('DELETE', `/v1/recordings/${id}`, 202);
  }

  /** @returns the transcription, once it is completed and its recording says so */
  async function importInto(recording: string, sent: { headers: object; body: string }, count: number) {
    await sleep(pauseMs);
    const headers = { ...sent.headers };
    const { body } = await client.send('POST', `/v1/recordings/${recording}/transcriptions`, 202, { ...sent, headers });
    same('segments of an import', body.segment_count, count);
    for (const last = Date.now() + LONGEST_IMPORT_MS; Date.now() < last; await sleep(500)) {
      const { status, transcription_id: served } = (await client.send('GET', `/v1/recordings/${recording}`, 200)).body;
      if (status === 'completed' && served === body.id) return body.id as string;
      if (status === 'failed') throw new Error(`the import ${body.id} failed`);
    }
    throw new Error(`the import ${body.id} did not end`);
  }

  async function open(scope: object, recordings: readonly Recorded[]): Promise<Session> {
    const { id } = await make('/v1/ask/sessions', { scope, end_user_id: endUser });
    return { id, recordings, asked: [] };
  }

  async function askIn(session: Session, i: number, way: number): Promise<void> {
    await sleep(pauseMs);
    const { id, meeting } = session.recordings[i % session.recordings.length] as Recorded;
    const question: Question = questionAbout(meeting, id, i);
    const isAnswered = await WAYS[way % WAYS.length]?.(client, session.id, question);
    client.tally.turns++;
    session.asked.push({ content: question.content, answer: isAnswered ? question.says : null });
  }

  /** Each question stands once and in order in its session, and its answer behind it. */
  async function readBack(session: Session): Promise<void> {
    // What was hung up on may still be answered; this one is answered behind it.
    await askIn(session, session.asked.length, 0);
    const { body } = await client.send('GET', `${pathOf(session)}/messages?limit=100`, 200);
    const stands = body.data.map(({ role, content }: { role: string; content: string }) => `${role}: ${content}`);
    const expected = session.asked.flatMap(({ content, answer }) => [
      `user: ${content}`,
      ...(answer === null ? [] : [answer]),
    ]);
    const isRight = stands.every((message: string, at: number) => message.includes(expected[at] ?? '\0'));
    if (stands.length !== expected.length || !isRight)
      throw new Error(`${session.id} has\n  ${stands.join('\n  ')}\nand should have\n  ${expected.join('\n  ')}`);
    const exported = await client.send('GET', `${pathOf(session)}/export`, 200);
    same('exported messages', exported.body.messages.length, expected.length);
    await client.send('GET', `${pathOf(session)}/export?format=markdown`, 200);
  }

  /** Another transcript takes the place of the first one. */
  async function replace(recorded: Recorded): Promise<void> {
    const old = recorded.meeting.prices[0]?.thing ?? '';
    recorded.meeting = meetingOf(2);
    await importInto(recorded.id, bodyOf(recorded.meeting, 'json'), recorded.meeting.segments.length);
    const { thing = '' } = recorded.meeting.prices[0] ?? {};
    same('a search for what was replaced', await finds(old, recorded.id), false);
    same('a search for what replaces it', await finds(thing, recorded.id), true);
  }

  async function forget([first, second]: Session[], recorded: Recorded): Promise<void> {
    await client.send('PATCH', pathOf(second), 200, { body: { title: 'Kept' } });
    const { body } = await client.send('GET', `/v1/ask/sessions?end_user_id=${endUser}`, 200);
    same('sessions of an end user', body.data.length, 3);
    await client.send('DELETE', pathOf(first), 204);
    await client.send('GET', pathOf(first), 404);
    await client.send('DELETE', `/v1/recordings/${recorded.id}`, 202);
    await client.send('GET', `/v1/recordings/${recorded.id}`, 404);
    same('a search for what was deleted', await finds(recorded.meeting.prices[0]?.thing ?? '', recorded.id), false);
  }

  async function finds(thing: string, recording: string): Promise<boolean> {
    const sent = { body: { query: `the price of the ${thing}`, end_user_id: endUser, limit: 50 } };
    const { results } = (await client.send('POST', '/v1/recordings/search', 200, sent)).body;
    return results.some(
      (source: { recording_id: string; chunk_text: string }) =>
        source.recording_id === recording && source.chunk_text.includes(thing),
    );
  }
}

const pathOf = (session: Session | undefined) => `/v1/ask/sessions/${session?.id}`;

const said = (segments: { speaker: string; text: string }[]) =>
  segments.map(({ speaker, text }) => `${speaker}: ${text}`).join('\n');

function same(what: string, found: unknown, right: unknown): void {
  if (found !== right) throw new Error(`${what}: ${found}, not ${right}`);
}
