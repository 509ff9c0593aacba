import { anEndUser, aRecording, aTranscript, indexed, SEGMENTS } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;
let endUser: { id: string };
let recording: { id: string };

beforeAll(async () => {
  service = await startService();
  client = await service.client();
  endUser = await anEndUser(client);
}, 60_000);
beforeEach(async () => {
  recording = await aRecording(client, endUser.id);
});
afterAll(() => service?.stop());

const send = (body: unknown, contentType = 'application/json') =>
  client.post(`/v1/recordings/${recording.id}/transcriptions`, body, { 'content-type': contentType });

const segmentsOf = async ({ id }: { id: string }) => (await client.get(`/v1/transcriptions/${id}`)).body.segments;

describe('POST /v1/recordings/{id}/transcriptions', () => {
  test('202: JSON is completed by itself and then belongs to the recording', async () => {
    const { status, body } = await send({ language: 'en', segments: SEGMENTS });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      recording_id: recording.id,
      status: 'processing',
      completed_at: null,
      segment_count: 3,
    });
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['segments']));
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['text']));
    expect(await indexed(client, body.id)).toMatchObject({
      status: 'completed',
      language: 'en',
      duration_ms: 81_000,
      error: null,
      segments: SEGMENTS.map((segment) => ({ ...segment, confidence: null })),
    });
    const { body: after } = await client.get(`/v1/recordings/${recording.id}`);
    expect(after).toMatchObject({ status: 'completed', transcription_id: body.id, duration_ms: 81_000 });
  });

  test('202: WebVTT with voices', async () => {
    const { status, body } = await send('WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ana>Hello there\n', 'text/vtt');
    expect(status).toBe(202);
    expect(await segmentsOf(body)).toEqual([
      { start: 1, end: 2.5, text: 'Hello there', speaker: 'Ana', confidence: null },
    ]);
  });

  test('202: SubRip', async () => {
    const { status, body } = await send('1\n00:00:01,000 --> 00:00:02,500\nHello there\n', 'application/x-subrip');
    expect(status).toBe(202);
    expect(await segmentsOf(body)).toMatchObject([{ start: 1, end: 2.5, text: 'Hello there' }]);
  });

  test.each<[string, string, string | Buffer, string, object]>([
    [
      'SubViewer',
      'text/plain',
      '0:00:01.000,0:00:02.000\nAna: Hello\n',
      'sbv',
      { start: 1, text: 'Hello', speaker: 'Ana' },
    ],
    [
      'blocks of a name and a time',
      'text/plain',
      'Ana  0:01\nHello\n',
      'text',
      { start: 1, text: 'Hello', speaker: 'Ana' },
    ],
    [
      'WebVTT sent as SubRip',
      'application/x-subrip',
      'WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n',
      'vtt',
      { start: 1, text: 'Hello' },
    ],
    [
      'UTF-16 by its mark',
      'application/x-subrip',
      Buffer.from('\uFEFF1\n00:00:01,000 --> 00:00:02,000\nGrüße\n', 'utf16le'),
      'srt',
      { text: 'Grüße' },
    ],
    [
      'Windows-1252',
      'text/vtt; Charset="windows-1252"',
      Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nGr\xfc\xdfe \x80\n', 'latin1'),
      'vtt',
      { text: 'Grüße €' },
    ],
    [
      'the JSON of WhisperX',
      'application/json',
      JSON.stringify({ segments: [{ start: 1, end: 2, text: ' Hello', speaker: 'SPEAKER_00' }], word_segments: [] }),
      'whisperx',
      { text: 'Hello', speaker: 'SPEAKER_00' },
    ],
  ])('202: %s, which is named', async (_, contentType, given, format, segment) => {
    const { status, body } = await send(given, contentType);
    expect(status).toBe(202);
    expect(body).toMatchObject({ source_format: format, dropped: { empty_cues: 0, repeats: 0 } });
    expect(await segmentsOf(body)).toMatchObject([segment]);
    expect(await indexed(client, body.id)).toMatchObject({ status: 'completed', source_format: format });
  });

  test('202: the date in the JSON of a tool becomes that of a recording without one, and replaces none', async () => {
    const sentences = [{ text: 'Hello', start_time: 0, end_time: 1, speaker_name: 'Ana' }];
    const fireflies = { dateString: '2026-09-12T14:00:00.000Z', sentences };
    const startOf = async () => (await client.get(`/v1/recordings/${recording.id}`)).body.started_at;
    expect((await send(fireflies)).status).toBe(202);
    expect(await startOf()).toBe('2026-09-12T14:00:00.000Z');
    expect((await send({ ...fireflies, dateString: '2020-01-01T00:00:00.000Z' })).status).toBe(202);
    expect(await startOf()).toBe('2026-09-12T14:00:00.000Z');
  });

  test('202: a date behind the end of the recording is left out', async () => {
    await client.send('PATCH', `/v1/recordings/${recording.id}`, { body: { ended_at: '2026-09-01T00:00:00Z' } });
    const sentences = [{ text: 'Hello', start_time: 0, end_time: 1, speaker_name: 'Ana' }];
    expect((await send({ date: Date.UTC(2026, 8, 12), sentences })).status).toBe(202);
    expect((await client.get(`/v1/recordings/${recording.id}`)).body.started_at).toBeNull();
  });

  test('202: what is left out is counted, and stays counted', async () => {
    const { body } = await send('WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000\nHello\n', 'text/vtt');
    expect(body).toMatchObject({ source_format: 'vtt', dropped: { empty_cues: 1, repeats: 0 } });
    expect((await indexed(client, body.id)).dropped).toEqual({ empty_cues: 1, repeats: 0 });
  });

  test('202: segments out of order are sorted', async () => {
    const { body } = await send({ segments: SEGMENTS.toReversed() });
    expect((await segmentsOf(body)).map((segment: { start: number }) => segment.start)).toEqual([0, 62, 75]);
  });

  test('202: a newer transcript takes the place of the older one', async () => {
    const first = await aTranscript(client, recording.id);
    const second = await aTranscript(client, recording.id, [{ start: 0, end: 1, text: 'A new beginning.' }]);
    expect((await client.get(`/v1/recordings/${recording.id}`)).body.transcription_id).toBe(second.id);
    expect(second.id).not.toBe(first.id);
  });

  test('202: a body far above a mebibyte is taken', async () => {
    const padded = `{"segments":${JSON.stringify(SEGMENTS)}${' '.repeat(8 * 1024 * 1024)}}`;
    const { status, body } = await send(padded);
    expect(status).toBe(202);
    expect(body.segment_count).toBe(SEGMENTS.length);
  }, 30_000);

  test.each([
    ['no segments', { segments: [] }, 'segments'],
    ['a negative time', { segments: [{ start: -1, end: 2, text: 'a' }] }, 'segments.0.start'],
    ['an end before its start', { segments: [SEGMENTS[0], { start: 3, end: 2, text: 'a' }] }, 'segments.1.end'],
    ['no words', { segments: [{ start: 1, end: 2, text: ' ' }] }, 'segments'],
    ['an unknown field', { segments: [{ start: 1, end: 2, text: 'a', words: [] }] }, 'segments.0.words'],
    ['NUL in a text', { segments: [{ start: 1, end: 2, text: 'a\u0000' }] }, 'segments.0'],
    ['half a character', '{"segments":[{"start":1,"end":2,"text":"\\ud800"}]}', 'segments.0'],
    [
      'fields of two tools',
      { results: { channels: [] }, segments: [{ start: 0, end: 1, text: 'a', seek: 0 }] },
      'body',
    ],
    ['no JSON', '{', 'body'],
    ['nothing', undefined, 'body'],
  ])('400: %s is refused by name', async (_, given, field) => {
    const { status, body } = await send(given);
    expect(status).toBe(400);
    expect(body.error.details.field).toBe(field);
    expect((await client.get(`/v1/recordings/${recording.id}`)).body.status).toBe('pending');
  });

  test('400: a bad cue is named', async () => {
    const { status, body } = await send('WEBVTT\n\n00:05.000 --> 00:02.000\nBack in time\n', 'text/vtt');
    expect(status).toBe(400);
    expect(body.error.details.field).toMatch(/cue 1/);
  });

  test('404: unknown recording', async () => {
    const answer = await client.post('/v1/recordings/rec_unknown/transcriptions', { segments: SEGMENTS });
    expect(answer.status).toBe(404);
  });

  test('413: above 64 MiB', async () => {
    const answer = await send('x'.repeat(64 * 1024 * 1024 + 1));
    expect(answer.status).toBe(413);
    expect(answer.body.error.code).toBe('payload_too_large');
  }, 30_000);

  test('400: bytes that are no UTF-8 are named, with the charset to send', async () => {
    const { status, body } = await send(
      Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nGr\xfc\xdfe\n', 'latin1'),
      'application/x-subrip',
    );
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/byte 34 \(0xFC\).*charset=windows-1252/);
  });

  test('413: nested deeper than the limit', async () => {
    const answer = await send(`{"segments":${'['.repeat(40)}${']'.repeat(40)}}`);
    expect(answer.status).toBe(413);
    expect(answer.body.error).toMatchObject({ code: 'payload_too_large', details: { limit: 32 } });
  });

  test.each(['text/html', 'text/vtt; charset=klingon'])('415: %s', async (contentType) => {
    expect((await send('WEBVTT', contentType)).status).toBe(415);
  });
});

describe('GET /v1/transcriptions/{id}', () => {
  /** More than two stored pages. */
  const many = Array.from({ length: 1_203 }, (_, i) => ({ start: i, end: i + 1, text: `Line "${i}" of \u2028 many.` }));

  test('200: the whole of it, its text too, over all stored pages', async () => {
    const { body: made } = await send({ segments: many });
    const { body, headers } = await client.get(`/v1/transcriptions/${made.id}`);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(body.segments).toEqual(many.map((segment) => ({ ...segment, speaker: null, confidence: null })));
    expect(body.text).toBe(many.map(({ text }) => text).join(' '));
    expect([body.segment_count, body.has_more]).toEqual([many.length, undefined]);
  }, 30_000);

  test('200: in parts, each segment once and in order', async () => {
    const { body: made } = await send({ segments: many });
    const texts: string[] = [];
    const sizes: number[] = [];
    let query = 'limit=450';
    for (let more = true; more; ) {
      const { body } = await client.get(`/v1/transcriptions/${made.id}?${query}`);
      expect([body.text, body.has_more]).toEqual([null, body.next_cursor !== null]);
      texts.push(...body.segments.map(({ text }: { text: string }) => text));
      sizes.push(body.segments.length);
      query = `limit=450&cursor=${body.next_cursor}`;
      more = body.has_more;
    }
    expect(texts).toEqual(many.map(({ text }) => text));
    expect(sizes).toEqual([450, 450, 303]);
  }, 30_000);

  test('200: a part that ends with the last segment says so', async () => {
    const { body: made } = await send({ segments: SEGMENTS });
    const { body } = await client.get(`/v1/transcriptions/${made.id}?limit=3`);
    expect([body.segments.length, body.has_more, body.next_cursor]).toEqual([3, false, null]);
  });

  test.each([
    ['limit', 'limit=0'],
    ['limit', 'limit=1001'],
    ['cursor', 'cursor=nonsense'],
    ['cursor', `cursor=${Buffer.from('{"page":-1,"index":0}').toString('base64url')}`],
  ])('400: a bad %s (%s)', async (field, query) => {
    const { body: made } = await send({ segments: SEGMENTS });
    const { status, body } = await client.get(`/v1/transcriptions/${made.id}?${query}`);
    expect([status, body.error.details.field]).toEqual([400, field]);
  });

  test('200: a cursor behind the end gives an empty part', async () => {
    const { body: made } = await send({ segments: SEGMENTS });
    const beyond = Buffer.from('{"page":9,"index":9}').toString('base64url');
    const { body } = await client.get(`/v1/transcriptions/${made.id}?cursor=${beyond}`);
    expect([body.segments, body.has_more]).toEqual([[], false]);
  });

  test('404: unknown, and gone with its recording at once', async () => {
    expect((await client.get('/v1/transcriptions/txn_unknown')).status).toBe(404);
    const { id } = await aTranscript(client, recording.id);
    await client.delete(`/v1/recordings/${recording.id}`);
    expect((await client.get(`/v1/transcriptions/${id}`)).status).toBe(404);
  });
});
