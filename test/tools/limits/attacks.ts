import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, apiAt } from '../bench/client.ts';

/** What one key of one project can do to a service; each goes on until the signal. */
export interface Attacker {
  url: string;
  secret: string;
  /** An end user of this project, who has a recording. */
  endUserId: string;
}

interface SendOptions {
  signal?: AbortSignal;
  /** JSON where it is not said. */
  contentType?: string | undefined;
}

type Attack = (attacker: Attacker, signal: AbortSignal) => Promise<void>;

const MEGABYTE = 1024 * 1024;
const LARGE = 60 * MEGABYTE;
/** Whose model takes longer than any attack; the others ask another one. */
export const SLOW_PROVIDER = 'gemini';
const JSON_TYPE = { 'content-type': 'application/json' };

// Made before anything is measured, because that takes seconds.
const EMPTY_SEGMENTS = emptySegments(LARGE);
const LONG_TRANSCRIPT = transcriptOf(4 * MEGABYTE);

const SLOW_SUB_RIP = Buffer.from(`1\n00:00:00,000 --> 00:00:01,000\n${'\\'.repeat(900_000)}\n`);

export const ATTACKS: Record<string, Attack> = {
  'refused bodies of 60 MiB': repeatedly(4, async (attacker, api, signal) => {
    await send(attacker, await recordingOf(api, attacker), EMPTY_SEGMENTS, { signal });
  }),
  'silent readers of a long transcript': async (attacker, signal) => {
    const id = await importTranscript(attacker, LONG_TRANSCRIPT, { signal });
    await hold(
      attacker,
      60,
      signal,
      () => `GET /v1/transcriptions/${id} HTTP/1.1\r\nHost: x\r\n${auth(attacker)}\r\n\r\n`,
    );
  },
  'bodies that send a byte a second': async (attacker, signal) => {
    const recording = await recordingOf(apiAt(attacker.url, attacker.secret), attacker);
    const head = `POST /v1/recordings/${recording}/transcriptions HTTP/1.1\r\nHost: x\r\n${auth(attacker)}\r\n`;
    const begin = () => `${head}Content-Type: application/json\r\nContent-Length: ${LARGE}\r\n\r\n{"segments":[`;
    await hold(attacker, 20, signal, begin, { drip: ' ' });
  },
  'connections that say nothing': (attacker, signal) => hold(attacker, 500, signal, () => ''),
  'open events of a turn': async (attacker, signal) => {
    const api = apiAt(attacker.url, attacker.secret);
    const turn = await slowTurn(api, attacker);
    const begin = () => `GET ${turn}/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${auth(attacker)}\r\n\r\n`;
    await hold(attacker, 500, signal, begin, { readAndReopen: true });
    await api.post(`${turn}/cancel`, {});
  },
  'silent readers of long lists': async (attacker, signal) => {
    const api = apiAt(attacker.url, attacker.secret);
    const metadata = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`key${i}`, 'x'.repeat(1_000)]));
    const { id: endUserId } = await api.post('/v1/end_users', {});
    for (let i = 0; i < 100; i++) await api.post('/v1/recordings', { end_user_id: endUserId, metadata });
    const path = `/v1/recordings?limit=100&end_user_id=${endUserId}`;
    await hold(attacker, 300, signal, () => `GET ${path} HTTP/1.1\r\nHost: x\r\n${auth(attacker)}\r\n\r\n`);
  },
  'hundreds of searches at once': repeatedly(200, async ({ endUserId }, api) => {
    await api.post('/v1/recordings/search', { end_user_id: endUserId, query: 'What was said? '.repeat(60), limit: 50 });
  }),
  'a hundred questions at once': repeatedly(100, async ({ endUserId }, api) => {
    const scope = { type: 'library' };
    await api.post('/v1/ask/sessions', {
      scope,
      end_user_id: endUserId,
      initial_message: { content: 'What was said?' },
    });
  }),
  'questions about recordings of one title': repeatedly(1, async (_, api) => {
    const { id: endUserId } = await api.post('/v1/end_users', {});
    for (let i = 0; i < 100; i++) await api.post('/v1/recordings', { end_user_id: endUserId, name: 'Retro' });
    const scope = { type: 'library' };
    const initial_message = { content: 'retro '.repeat(330) };
    await api.post('/v1/ask/sessions', { scope, end_user_id: endUserId, initial_message });
  }),
  'small imports that are slow to read': repeatedly(4, async (attacker, api, signal) => {
    const options = { signal, contentType: 'application/x-subrip' };
    await send(attacker, await recordingOf(api, attacker), SLOW_SUB_RIP, options);
  }),
  'removals of what was just made': repeatedly(2, async (_, api) => {
    const { id: endUserId } = await api.post('/v1/end_users', {});
    const recording = await api.post('/v1/recordings', { end_user_id: endUserId });
    await api.post(`/v1/recordings/${recording.id}/transcriptions`, {
      segments: [{ start: 0, end: 1, text: 'Said.' }],
    });
    await api.send('DELETE', `/v1/end_users/${endUserId}`);
  }),
};

/** A legal import. It waits as it is told, where it is told to. @returns the transcription */
export async function importTranscript(
  attacker: Attacker,
  transcript: Buffer,
  options: SendOptions = {},
): Promise<string> {
  const recording = await recordingOf(apiAt(attacker.url, attacker.secret), attacker);
  for (;;) {
    // Who is refused and goes on sending is cut off before long, and may then not read why.
    const answer = await send(attacker, recording, transcript, options).catch(() => null);
    options.signal?.throwIfAborted();
    if (answer?.status === 202) return JSON.parse(answer.body).id;
    if (answer !== null && answer.status !== 429)
      throw new Error(`the import was refused: ${answer.body.slice(0, 200)}`);
    await sleep((answer?.retryAfter ?? 1) * 1_000);
  }
}

/** A legal transcript of short lines: what is said would take hours to be embedded. */
export function transcriptOf(bytes: number): Buffer {
  const segment = (i: number) => `{"start":${i},"end":${i + 1},"speaker":"Ana","text":"number ${i}"}`;
  const length = 130;
  const segments = Array.from({ length: Math.floor(bytes / length) }, (_, i) => segment(i).padEnd(length - 1));
  return Buffer.from(`{"segments":[${segments.join(',')}]}`);
}

/** A legal WebVTT of nearly as many cues as there may be, which take the most memory. */
export function webVttOf(bytes: number): Buffer {
  const cues = 490_000;
  const clock = (seconds: number) => {
    const [hours, rest] = [
      Math.floor(seconds / 3_600),
      new Date((seconds % 3_600) * 1_000).toISOString().slice(14, 23),
    ];
    return `${String(hours).padStart(2, '0')}:${rest}`;
  };
  const cue = (i: number) => `${clock(i)} --> ${clock(i + 1)}\n<v Ana>number ${i}`.padEnd(Math.floor(bytes / cues) - 2);
  return Buffer.from(`WEBVTT\n\n${Array.from({ length: cues }, (_, i) => cue(i)).join('\n\n')}`);
}

/** A transcript of segments that say nothing. */
function emptySegments(bytes: number): Buffer {
  const unit = '{},';
  return Buffer.from(`{"segments":[${unit.repeat(bytes / unit.length)}{}]}`);
}

function repeatedly(lanes: number, once: (attacker: Attacker, api: Api, signal: AbortSignal) => Promise<void>): Attack {
  return async (attacker, signal) => {
    const api = apiAt(attacker.url, attacker.secret);
    const lane = async () => {
      // A refusal is what an attacker gets; the service must only stay there for the others.
      while (!signal.aborted) await once(attacker, api, signal).catch(() => sleep(100));
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
}

/**
 * Opens connections, says this on each, and a drip each second. They never read, or they read and each that ends is opened
 * anew a second later.
 */
async function hold(
  { url }: Attacker,
  count: number,
  signal: AbortSignal,
  begin: () => string,
  { drip = '', readAndReopen = false } = {},
): Promise<void> {
  const { port, hostname } = new URL(url);
  const open = () => {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    if (readAndReopen) socket.resume();
    else socket.pause();
    socket.write(begin());
    return socket;
  };
  let sockets: Socket[] = Array.from({ length: count }, open);
  const everySecond = setInterval(() => {
    for (const socket of sockets) if (drip !== '' && socket.writable) socket.write(drip);
    if (readAndReopen) sockets = sockets.map((socket) => (socket.closed ? open() : socket));
  }, 1_000);
  await once(signal, 'abort').catch(() => undefined);
  clearInterval(everySecond);
  for (const socket of sockets) socket.destroy();
}

/** A turn of the model that takes its time. @returns the path of the turn */
async function slowTurn(api: Api, { url, secret, endUserId }: Attacker): Promise<string> {
  const { id } = await api.post('/v1/ask/sessions', { scope: { type: 'library' }, end_user_id: endUserId });
  const response = await fetch(`${url}/v1/ask/sessions/${id}/messages`, {
    method: 'POST',
    headers: { ...JSON_TYPE, authorization: `Bearer ${secret}`, prefer: 'respond-async' },
    body: JSON.stringify({ content: 'What was said?', provider: SLOW_PROVIDER }),
  });
  const turn = response.headers.get('location');
  if (response.status !== 202 || turn === null) throw new Error(`no turn was begun: ${await response.text()}`);
  return turn;
}

async function recordingOf(api: Api, { endUserId }: Attacker): Promise<string> {
  return (await api.post('/v1/recordings', { end_user_id: endUserId, name: 'Attack' })).id;
}

async function send(
  { url, secret }: Attacker,
  recording: string,
  body: Buffer,
  { signal, contentType = 'application/json' }: SendOptions,
) {
  const headers = { 'content-type': contentType, authorization: `Bearer ${secret}` };
  const path = `${url}/v1/recordings/${recording}/transcriptions`;
  const response = await fetch(path, { method: 'POST', headers, body, ...(signal && { signal }) });
  const retryAfter = Number(response.headers.get('retry-after'));
  return { status: response.status, retryAfter, body: await response.text() };
}

function auth({ secret }: Attacker): string {
  return `Authorization: Bearer ${secret}`;
}
