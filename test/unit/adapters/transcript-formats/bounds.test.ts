import { inLinearTime } from '../../../support/linear.ts';
import { type SentAs, told } from './read.ts';

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

const RUN = 400_000;
const blanks = ' '.repeat(RUN);
const short = 'a\n'.repeat(RUN);
const CUE = '00:00:01.000 --> 00:00:02.000';

/** One small import has a thread to itself: what takes the square of its length would hold up those of all others. */
test.each<[string, SentAs, string, string]>([
  [
    'backslashes in a cue',
    'srt',
    `1\n00:00:01,000 --> 00:00:02,000\n${'\\'.repeat(RUN)}`,
    '400 cue 1: must have at most 100000 characters',
  ],
  ['blanks before a time', 'text', `${blanks}0:01\nHi\n\nBen  0:02\nHo`, '1000-2000 ?: Hi'],
  ['blanks behind a time', 'text', `0:01${blanks}Hi`, '1000-1400 ?: Hi'],
  ['blanks behind a time that is none', 'srt', `1\n00:00:01,000${blanks}x\nHi`, '400 '],
  [
    'two cues of the same short lines',
    'vtt',
    `WEBVTT\n\n${CUE}\n${short}b\n\n00:00:02.000 --> 00:00:02.010\n${short}c`,
    '400 cue 1: must have at most 100000 characters',
  ],
])('%s are read in linear time', (_, sentAs, body, expected) => {
  expect(inLinearTime(() => told(sentAs, body))[0]).toEqual(expect.stringContaining(expected));
});
