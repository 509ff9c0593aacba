import { readTranscript } from '../../../src/adapters/transcript-formats/index.ts';
import type { TranscriptContentType } from '../../../src/ports/library/transcript-reader.ts';
import { collectTranscript } from '../../../src/use-cases/collect-transcript.ts';
import { othersDuring } from '../../support/others.ts';

const collect = (contentType: TranscriptContentType, text: string) =>
  collectTranscript(readTranscript({ contentType, charset: null, body: new TextEncoder().encode(text) }));

test('segments are sorted by start, and those that start together keep their order', async () => {
  const starts = Array.from({ length: 500 }, (_, i) => (i * 7919) % 50);
  const given = starts.map((start, i) => ({ start, end: start + 1, text: String(i) }));
  const { segments, sourceFormat } = await collect('application/json', JSON.stringify({ segments: given }));
  const expected = given.toSorted((a, b) => a.start - b.start).map(({ text }) => text);
  expect(segments.map(({ text }) => text)).toEqual(expected);
  expect(sourceFormat).toBe('json');
});

test('a refusal ends it', async () => {
  await expect(collect('text/vtt', 'nothing')).rejects.toThrow('body: must start with the line WEBVTT');
});

test.each<[TranscriptContentType, string]>([
  ['application/json', `{"segments":[${Array(20_000).fill('{"start":0,"end":1,"text":"Yes."}')}]}`],
  ['text/vtt', `WEBVTT\n\n${'00:00.000 --> 00:01.000\n<v Ana>Yes.\n\n'.repeat(20_000)}`],
])('others have their turn while a long transcript of %s is read', async (contentType, text) => {
  expect(await othersDuring(() => collect(contentType, text))).toBeGreaterThan(2);
});
