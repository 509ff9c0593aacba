import { told } from './read.ts';

const LONG = 1024 * 1024;
const TIMES = '00:00:01,000 --> 00:00:02,000';

describe('what is too long to be searched for times, names and markup', () => {
  test.each<[string, 'vtt' | 'srt' | 'text', string, string]>([
    ['a line', 'srt', `1\n${TIMES}\n${'1:'.repeat(LONG)}`, '413 line 3: must have at most 1048576 characters'],
    [
      'a cue of many lines',
      'srt',
      `1\n${TIMES}\n${'a\n'.repeat(LONG)}`,
      '413 cue 1: must have at most 1048576 characters',
    ],
    [
      'a block of many lines',
      'text',
      `Ana  0:01\n${'a\n'.repeat(LONG)}`,
      '413 line 1: must have at most 1048576 characters',
    ],
    ['words above the first block', 'text', `${'a\n'.repeat(LONG + 1)}Ana  0:01\nHi`, '400 line 1: must be a name'],
  ])('%s is refused', (_, sentAs, body, expected) => {
    expect(told(sentAs, body)).toEqual([expect.stringContaining(expected)]);
  });

  test.each<[string, string]>([
    ['blank lines', `WEBVTT\n\n${TIMES}\na${'\n'.repeat(LONG)}`],
    ['notes', `WEBVTT\n\nNOTE\n${'a\n'.repeat(LONG)}\n${TIMES}\na`],
  ])('%s may be long, because they are not kept', (_, body) => {
    expect(told('vtt', body)).toEqual(['1000-2000 ?: a']);
  });
});
