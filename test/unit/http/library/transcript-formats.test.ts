import type { Segment } from '../../../../src/domain/library/transcript.ts';
import { AskError } from '../../../../src/domain/shared/errors.ts';
import { Cues } from '../../../../src/http/library/transcript-formats/cues.ts';
import { parseTranscript, type TranscriptContentType } from '../../../../src/http/library/transcript-formats/index.ts';
import { othersDuring } from '../../../support/others.ts';

const segment = (startMs: number, endMs: number, text: string, speaker: string | null = null): Segment => ({
  startMs,
  endMs,
  text,
  speaker,
  confidence: null,
});

const json = (segments: unknown[], rest: object = {}) =>
  parseTranscript('application/json', JSON.stringify({ ...rest, segments }));
const vtt = async (...blocks: string[]) =>
  (await parseTranscript('text/vtt', ['WEBVTT', ...blocks].join('\n\n'))).segments;
const srt = async (body: string) => (await parseTranscript('application/x-subrip', body)).segments;

async function errorOf(contentType: TranscriptContentType, body: string): Promise<string> {
  try {
    await parseTranscript(contentType, body);
  } catch (error) {
    if (error instanceof AskError && error.kind === 'invalid_request') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('JSON transcripts', () => {
  test('seconds become whole milliseconds, and what is left out becomes null', async () => {
    const given = [{ start: 0.0004, end: 1.2345, text: ' Hello. ', speaker: 'Ana', confidence: 0.9 }];
    expect(await json(given, { language: 'en' })).toEqual({
      language: 'en',
      segments: [{ startMs: 0, endMs: 1235, text: 'Hello.', speaker: 'Ana', confidence: 0.9 }],
    });
    expect(await json([{ start: 0, end: 0, text: 'x', speaker: null }])).toEqual({
      language: null,
      segments: [segment(0, 0, 'x')],
    });
  });

  test('segments are sorted by start, and those that start together keep their order', async () => {
    const starts = Array.from({ length: 500 }, (_, i) => (i * 7919) % 50);
    const { segments } = await json(starts.map((start, i) => ({ start, end: start + 1, text: String(i) })));
    for (const [i, next] of segments.entries()) {
      const before = segments[i - 1];
      if (before === undefined) continue;
      expect(before.startMs).toBeLessThanOrEqual(next.startMs);
      if (before.startMs === next.startMs) expect(Number(before.text)).toBeLessThan(Number(next.text));
    }
    expect(segments).toHaveLength(500);
  });

  test.each([
    ['an end before its start', { start: 2, end: 1, text: 'x' }, 'segments.1.end: must not be before start'],
    ['a negative time', { start: -1, end: 1, text: 'x' }, 'segments.1.start: must not be negative'],
    ['a text of white space', { start: 0, end: 1, text: ' \n' }, 'segments.1.text: must not be empty'],
    [
      'an unknown field',
      { start: 0, end: 1, text: 'x', colour: 1 },
      'segments.1.colour: is not a known field; leave it out',
    ],
    ['a text that no store can hold', { start: 0, end: 1, text: 'x'.repeat(100_001) }, 'segments.1.text: must have at'],
    ['a time in words', { start: 'noon', end: 1, text: 'x' }, 'segments.1.start: Invalid input: expected number'],
    ['no end', { start: 0, text: 'x' }, 'segments.1.end: is required'],
    ['no object', 7, 'segments.1: Invalid input: expected object'],
  ])('%s is a 400 that names the segment', async (_, bad, message) => {
    const good = { start: 0, end: 1, text: 'x' };
    expect(await errorOf('application/json', JSON.stringify({ segments: [good, bad] }))).toMatch(message);
  });

  test.each([
    ['{', 'body: is not valid JSON'],
    ['[]', 'body: Invalid input: expected object, received array'],
    ['{"segments":[]}', 'segments: must not be empty; send at least one piece of speech'],
    ['{"segments":[{"start":0,"end":1,"text":"x"}],"lang":"en"}', 'lang: is not a known field; leave it out'],
  ])('the body %s is refused', async (body, message) => {
    expect(await errorOf('application/json', body)).toBe(message);
  });
});

describe('WebVTT transcripts', () => {
  test('a whole file: header, notes, styles, ids, cue settings, voices, entities, times without hours', async () => {
    const body = [
      'WEBVTT - the weekly',
      'Kind: captions',
      'Language: de-AT',
      '',
      'NOTE not speech',
      'a --> b',
      '',
      'STYLE',
      '::cue { color: red }',
      '',
      'REGION',
      'id:fred',
      '',
      'second',
      '01:00:01.000 --> 01:00:04.250 align:start position:10%',
      '<v.loud Ana López>Salt &amp; <b>pepper</b> <01:00:02.000>now</v>',
      '',
      '00:00.500 --> 00:02.000',
      '<v Ben>caf&eacute; &lt;i&gt; &#8217;',
      'next line',
      '',
    ];
    const expected = {
      language: 'de-AT',
      segments: [
        segment(500, 2000, 'café <i> ’ next line', 'Ben'),
        segment(3_601_000, 3_604_250, 'Salt & pepper now', 'Ana López'),
      ],
    };
    for (const newline of ['\n', '\r\n', '\r']) {
      expect(await parseTranscript('text/vtt', `\uFEFF${body.join(newline)}`)).toEqual(expected);
    }
  });

  test('each voice of a cue becomes a segment, whether or not the voices are closed', async () => {
    const expected = [segment(0, 1000, 'Ready?', 'Ana'), segment(0, 1000, 'Yes.', 'Ben')];
    expect(await vtt('00:00.000 --> 00:01.000\n<v Ana>Ready?\n<v Ben>Yes.')).toEqual(expected);
    expect(await vtt('00:00.000 --> 00:01.000\n<v Ana>Ready?</v> <v Ben>Yes.</v>')).toEqual(expected);
  });

  test('overlapping cues and cues without a blank line between them are all kept', async () => {
    expect(await vtt('00:00.000 --> 00:05.000\nfirst\n00:01.000 --> 00:02.000\nsecond')).toEqual([
      segment(0, 5000, 'first'),
      segment(1000, 2000, 'second'),
    ]);
  });

  test('a less-than sign that is no markup was said, and stays', async () => {
    const text = 'x < 5, a<b, <bob@example.org> <3';
    expect(await vtt(`00:00.000 --> 00:01.000\n${text}`)).toEqual([segment(0, 1000, text)]);
  });

  test.each([
    ['00:00.000 --> 00:01.000\nfine', 'body: must start with the line WEBVTT'],
    ['WEBVTTX\n\n00:00.000 --> 00:01.000\nfine', 'body: must start with the line WEBVTT'],
    ['WEBVTT', 'segments: must not be empty; send at least one piece of speech'],
    ['WEBVTT\n\nintro\nno times here', 'cue 1: has no line with its times'],
  ])('%j is refused', async (body, message) => {
    expect(await errorOf('text/vtt', body)).toBe(message);
  });

  test.each([
    ['00:02.000 --> 00:01.000\nx', 'cue 2: must not end before it starts'],
    ['-00:02.000 --> 00:01.000\nx', 'cue 2: its times must not be negative'],
    ['00:61.000 --> 01:10.000\nx', 'cue 2: its times must read 00:00:01.000 --> 00:00:02.000'],
    ['soon --> later\nx', 'cue 2: its times must read 00:00:01.000 --> 00:00:02.000'],
    ['00:01.000 --> 00:02.000\n<v Ana> </v>', 'cue 2: must not be empty'],
    [`00:01.000 --> 00:02.000\n<v ${'A'.repeat(201)}>x`, 'cue 2: the name of its speaker must have at most 200'],
    [`00:01.000 --> 00:02.000\n${'<b>'.repeat(40_000)}`, 'cue 2: must have at most 100000 characters'],
  ])('a bad cue is a 400 that names it', async (bad, message) => {
    const body = ['WEBVTT', '00:00.000 --> 00:01.000\nfine', bad, '00:03.000 --> 00:04.000\nfine'].join('\n\n');
    expect(await errorOf('text/vtt', body)).toMatch(message);
  });
});

describe('SubRip transcripts', () => {
  test('a whole file: numbers, comma times, styling, a blank line inside a cue, an empty number at the end', async () => {
    const body = [
      '1',
      '00:00:01,000 --> 00:00:02,500 X1:40 X2:600',
      '{\\an8}<font color="red">Hello</font>',
      '',
      'and <i>welcome</i>.',
      '2',
      '00:00:03,000 --> 00:00:04,000',
      'In 1999',
      '1999',
      '',
      '3',
      '',
    ];
    for (const newline of ['\n', '\r\n']) {
      expect(await srt(`\uFEFF${body.join(newline)}`)).toEqual([
        segment(1000, 2500, 'Hello and welcome.'),
        segment(3000, 4000, 'In 1999 1999'),
      ]);
    }
  });

  test.each([
    ['Ana: hello', 'Ana', 'hello'],
    ['Dr. Ng: hello', 'Dr. Ng', 'hello'],
    ['Speaker 2: hello', 'Speaker 2', 'hello'],
    ['SPEAKER_00: hello', 'SPEAKER_00', 'hello'],
    ['Élodie O’Neil-Smith: hello', 'Élodie O’Neil-Smith', 'hello'],
    ['so the plan: hello', null, 'so the plan: hello'],
    ['It starts at 10:30', null, 'It starts at 10:30'],
    ['A Very Long Title Indeed Friends: hello', null, 'A Very Long Title Indeed Friends: hello'],
    ['12: hello', null, '12: hello'],
  ])('%j is said by %s', async (text, speaker, said) => {
    expect(await srt(`1\n00:00:00,000 --> 00:00:01,000\n${text}\n`)).toEqual([segment(0, 1000, said, speaker)]);
  });

  test.each([
    ['', 'segments: must not be empty; send at least one piece of speech'],
    ['hello', 'cue 1: has no line with its times'],
    ['1\n00:00:02,000 --> 00:00:01,000\nx', 'cue 1: must not end before it starts'],
    ['1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nx', 'cue 1: must not be empty'],
  ])('%j is refused', async (body, message) => {
    expect(await errorOf('application/x-subrip', body)).toBe(message);
  });
});

describe('every format', () => {
  const WORDS = ['plan', 'a<b', 'R&D', '5 > 3', '&amp;', 'x --> y', 'naïve', '日本', '"quoted"', '{curly}'];
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const time = (ms: number, separator: string) => new Date(ms).toISOString().slice(11, 23).replace('.', separator);

  test('no word, time or speaker is lost on the way through JSON, WebVTT and SubRip', async () => {
    const segments = Array.from({ length: 300 }, (_, i) => {
      const words = Array.from({ length: 1 + (i % 7) }, (_, j) => WORDS[(i * 31 + j * 17) % WORDS.length]);
      return segment(i * 977, i * 977 + (i % 13) * 100, words.join(' '), `Speaker ${i % 4}`);
    });
    const cue = (s: Segment, separator: string) => `${time(s.startMs, separator)} --> ${time(s.endMs, separator)}`;
    const asVtt = segments.map((s) => `\n${cue(s, '.')}\n<v ${s.speaker}>${escaped(s.text)}</v>\n`);
    const asSrt = segments.map((s, i) => `${i + 1}\n${cue(s, ',')}\n${s.speaker}: ${escaped(s.text)}\n\n`);
    const asJson = segments.map((s) => ({
      start: s.startMs / 1000,
      end: s.endMs / 1000,
      text: s.text,
      speaker: s.speaker,
    }));
    expect((await json(asJson)).segments).toEqual(segments);
    expect((await parseTranscript('text/vtt', `WEBVTT\n${asVtt.join('')}`)).segments).toEqual(segments);
    expect(await srt(asSrt.join(''))).toEqual(segments);
  });

  test('others have their turn while a long transcript is read', async () => {
    const segments = Array(50_000).fill('{"start":0,"end":1,"text":"Yes."}');
    expect(await othersDuring(() => parseTranscript('application/json', `{"segments":[${segments}]}`))).toBeGreaterThan(
      2,
    );
  });

  test('others have their turn while words are taken out of many cues', async () => {
    const cues = new Cues();
    for (let i = 0; i < 20_000; i++) cues.addBlock(['00:00.000 --> 00:01.000', '<v Ana>Yes.']);
    expect(await othersDuring(() => cues.segments())).toBeGreaterThan(2);
  });

  test.each<[TranscriptContentType, string]>([
    ['application/json', '{"segments":[{"start":0,"end":1,"text":"sesame","x":1}]}'],
    ['application/json', '{"segments":["sesame'],
    ['text/vtt', 'WEBVTT\n\nsesame'],
    ['application/x-subrip', '1\nsesame --> 00:00:01,000\nsesame'],
  ])('no error of %s quotes the transcript', async (contentType, body) => {
    expect(await errorOf(contentType, body)).not.toMatch(/sesame|accepted/);
  });
});
