import { read, told, vttOf } from './read.ts';

const cue = (fields: object) => JSON.stringify({ startDateTime: '2026-09-12T14:00:00Z', ...fields });

test("Teams' metadata content: who speaks and what is said stand in JSON", () => {
  const body = vttOf(
    cue({ speakerName: 'Ana López', spokenText: 'Hi "all".', spokenLanguage: 'en-us' }),
    cue({ speakerName: null, spokenText: ' ' }),
    cue({ spokenText: 'Note: <b> & done' }),
  );
  expect(told('vtt', body)).toEqual(['0-1000 Ana López: Hi "all".', '2000-3000 ?: Note: <b> & done']);
  expect(read('vtt', body)).toMatchObject({
    dropped: { emptyCues: 1, repeats: 0 },
    recordedAt: '2026-09-12T14:00:00.000Z',
  });
});

test.each(['{"spokenText": 5}', '{"spokenText": "a"', '{"said": "a"}'])('%s was said', (text) => {
  expect(told('vtt', vttOf(text))).toEqual([`0-1000 ?: ${text}`]);
});

test('the recording began as long before its first cue as that says', () => {
  const body = `WEBVTT\n\n00:16.500 --> 00:17.000\n${cue({ spokenText: 'Hi.' })}\n`;
  expect(read('vtt', body).recordedAt).toBe('2026-09-12T13:59:43.500Z');
});

test('quotes around the name of a voice are none of it', () => {
  expect(told('vtt', vttOf('<v "Ana López">Hi.</v>'))).toEqual(['0-1000 Ana López: Hi.']);
});
