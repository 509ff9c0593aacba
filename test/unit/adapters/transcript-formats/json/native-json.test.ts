import { read, told } from '../read.ts';

const GOOD = { start: 0, end: 1, text: 'x' };
const json = (...segments: unknown[]) => JSON.stringify({ segments });

test('seconds become whole milliseconds, and what is left out becomes null', () => {
  const body = JSON.stringify({
    language: 'en',
    segments: [{ start: 0.0004, end: 1.2345, text: ' Hello. ', speaker: 'Ana', confidence: 0.9 }],
  });
  expect(read('json', body)).toEqual({
    sourceFormat: 'json',
    language: 'en',
    recordedAt: null,
    dropped: { emptyCues: 0, repeats: 0 },
    segments: [{ startMs: 0, endMs: 1235, text: 'Hello.', speaker: 'Ana', confidence: 0.9 }],
  });
});

test('a segment without words is left out and counted; nobody is called "-"', () => {
  const { segments, dropped } = read('json', json({ ...GOOD, speaker: ' - ' }, { ...GOOD, text: ' \n' }));
  expect(segments).toEqual([{ startMs: 0, endMs: 1000, text: 'x', speaker: null, confidence: null }]);
  expect(dropped).toEqual({ emptyCues: 1, repeats: 0 });
});

test.each<[string, unknown, string]>([
  ['an end before its start', { ...GOOD, start: 1.2004, end: 1.2001 }, '400 segments.1.end: must not be before start'],
  ['a negative time', { ...GOOD, start: -1 }, '400 segments.1.start: must not be negative'],
  ['an unknown field', { ...GOOD, speakr: 'Ana' }, '400 segments.1.speakr: is not a known field; leave it out'],
  ['words without a mark of a tool', { ...GOOD, words: [] }, '400 segments.1.words: is not a known field'],
  ['a number for a speaker', { ...GOOD, speaker: 0 }, '400 segments.1.speaker: Invalid input'],
  ['a text that no store takes', { ...GOOD, text: 'x'.repeat(100_001) }, '400 segments.1.text: must have at most'],
  ['a time in words', { ...GOOD, start: 'noon' }, '400 segments.1.start: Invalid input: expected number'],
  ['no end', { start: 0, text: 'x' }, '400 segments.1.end: is required'],
  ['no object', 7, '400 segments.1: Invalid input: expected object'],
  ['NUL', { ...GOOD, text: 'a\0' }, '400 segments.1: must not contain the character NUL'],
  ['half a character', { ...GOOD, text: '\ud83d' }, '400 segments.1: is not well-formed Unicode'],
  ['half a character in a name', { ...GOOD, speaker: '\ud83d a' }, '400 segments.1: is not well-formed Unicode'],
])('%s is a 400 that names the segment', (_, bad, expected) => {
  expect(told('json', json(GOOD, bad))).toEqual([expect.stringContaining(expected)]);
});

test.each([
  ['{', '400 body: is not valid JSON at line 1, column 2'],
  ['{"segments":[\n{"start":0}', '400 body: is not valid JSON at line 2, column 12'],
  ['{"segments":[}', '400 body: is not valid JSON at line 1, column 14'],
  ['{"segments":[]} x', '400 body: is not valid JSON at line 1, column 16'],
  ['{segments:[]}', '400 body: is not valid JSON at line 1, column 2'],
  ['{"segments":[{"start":0,"end":1,"text":"x"},]}', '400 body: is not valid JSON at line 1, column 45'],
  ['{"segments":[{"start":0,"end":NaN,"text":"x"}]}', '400 segments.0: is not valid JSON'],
  ['{"segments":[{"start":0,"end":1,"text":"x\ny"}]}', '400 segments.0: is not valid JSON'],
  ['', '400 body: is not valid JSON at line 1, column 1'],
  ['[]', '400 body: Invalid input: expected object, received array'],
  ['null', '400 body: Invalid input: expected object, received null'],
  // Zod names the class of an object that another realm made, as jest's JSON.parse now and then does.
  ['{"segments":7}', '400 segments: Invalid input: expected array, received number'],
  ['{"language":"en"}', '400 segments: is required'],
  ['{"segments":[]}', '400 segments: must not be empty; send at least one piece of speech'],
  [
    '{"segments":[{"start":0,"end":1,"text":""}]}',
    '400 segments: must not be empty; send at least one piece of speech',
  ],
  ['{"segments":[],"segments":[]}', '400 segments: stands more than once'],
  ['{"segments":[{"start":0,"end":1,"text":"x"}],"lang":"en"}', '400 lang: is not a known field; leave it out'],
  ['WEBVTT\n\n00:00.000 --> 00:01.000\nx', '400 body: is WebVTT; send it as text/vtt'],
  ['1\n00:00:00,000 --> 00:00:01,000\nx', '400 body: is SubRip; send it as application/x-subrip'],
  [`${'['.repeat(33)}${']'.repeat(33)}`, '413 body: must not be nested deeper than 32 levels'],
  [`{"segments":[{"text":"${'x'.repeat(4 * 1024 * 1024)}"}]}`, '413 segments.0: is too long'],
  [`{${Array.from({ length: 1_001 }, (_, i) => `"f${i}":0`)}}`, '413 body: has too many fields'],
])('the body is refused: %#', (body, expected) => {
  expect(told('json', body)).toEqual([expected]);
});

test('strings may hold brackets, quotes and backslashes', () => {
  const text = 'a "[{]}" \\" \\\\ \\';
  expect(told('json', json({ ...GOOD, text }, GOOD))).toEqual([`0-1000 ?: ${text}`, '0-1000 ?: x']);
});

test('the first bad segment ends the reading of a large body', () => {
  const body = `{"segments":[{"start":0},${'{"start":0,"end":1,"text":"x"},'.repeat(1_000)}{"start":tru}]}`;
  expect(told('json', body)).toEqual(['400 segments.0.end: is required']);
});

test.each([
  ['json', '{"segments":[{"start":0,"end":1,"text":"sesame","x":1}]}'],
  ['json', '{"segments":["sesame'],
  ['vtt', 'WEBVTT\n\nsesame'],
  ['srt', '1\nsesame --> 00:00:01,000\nsesame'],
  ['text', 'sesame'],
] as const)('no error of %s quotes the transcript', (sentAs, body) => {
  expect(told(sentAs, body)[0]).toMatch(/^400 (?!.*sesame)/);
});
