import { read, told, vttOf } from './read.ts';

const cue = (fields: object) => JSON.stringify({ startDateTime: '2026-09-12T14:00:00Z', ...fields });

test("Teams' metadata content: who speaks and what is said stand in JSON", () => {
  const body = vttOf(
    cue({ speakerName: 'Ana López', spokenText: 'Hi "all".', spokenLanguage: 'en-us' }),
    cue({ speakerName: null, spokenText: ' ' }),
    cue({ spokenText: 'Note: <b> & done' }),
  );
  expect(told('vtt', body)).toEqual(['0-1000 Ana López: Hi "all".', '2000-3000 ?: Note: <b> & done']);
  expect(read('vtt', body).dropped).toEqual({ emptyCues: 1, repeats: 0 });
});

test.each(['{"spokenText": 5}', '{"spokenText": "a"', '{"said": "a"}'])('%s was said', (text) => {
  expect(told('vtt', vttOf(text))).toEqual([`0-1000 ?: ${text}`]);
});

test('quotes around the name of a voice are none of it', () => {
  expect(told('vtt', vttOf('<v "Ana López">Hi.</v>'))).toEqual(['0-1000 Ana López: Hi.']);
});
