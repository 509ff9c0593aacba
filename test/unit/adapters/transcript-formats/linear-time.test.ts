import { inLinearTime } from '../../../support/linear.ts';
import { type SentAs, told } from './read.ts';

const LONG = 400_000;
const blanks = ' '.repeat(LONG);
const CUE = '00:00:01.000 --> 00:00:02.000';
const short = 'a\n'.repeat(LONG);

/** One small import has a thread to itself: what takes the square of its length would hold up those of all others. */
test.each<[string, SentAs, string, string]>([
  [
    'backslashes in a cue',
    'srt',
    `1\n00:00:01,000 --> 00:00:02,000\n${'\\'.repeat(LONG)}`,
    '400 cue 1: must have at most 100000 characters',
  ],
  ['blanks between a name and its time', 'text', `Ana${blanks}0:01\nHi\n\nBen  0:02\nHo`, '400 line 1'],
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
