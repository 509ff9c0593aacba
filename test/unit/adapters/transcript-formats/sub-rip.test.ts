import { CueScanner } from '../../../../src/adapters/transcript-formats/cues/cue-scanner.ts';
import { read, said, srtOf, told } from './read.ts';

const lines = (...all: string[]) => all.join('\n');

describe('SubRip as players read it', () => {
  test.each<[string, string, string[]]>([
    [
      'a cue without words',
      lines('1', '00:00:00,000 --> 00:00:01,000', '', '', '2', '00:00:01,000 --> 00:00:02,000', 'a'),
      ['1000-2000 ?: a'],
    ],
    ['no milliseconds', '1\n00:00:20 --> 00:00:24\na', ['20000-24000 ?: a']],
    ['short fractions are fractions', '4\n0:00:53,860 --> 0:00:54,66\na', ['53860-54660 ?: a']],
    ['fractions of four digits', '1\n00:00:01,5000 --> 00:00:02,1234\na', ['1500-2123 ?: a']],
    ['a colon before the milliseconds', '1\n00:00:01:500 --> 00:00:02:000\na', ['1500-2000 ?: a']],
    ['spaces inside the times', '1\n00: 00: 01, 500 --> 00: 00: 02, 000\na', ['1500-2000 ?: a']],
    [
      'short, long and other arrows',
      lines(
        '1',
        '00:00:00,000 -> 00:00:01,000',
        'a',
        '2',
        '00:00:01,000 ---> 00:00:02,000',
        'b',
        '3',
        '00:00:02,000 → 00:00:03,000',
        'c',
        '4',
        '00:00:03,000 --&gt; 00:00:04,000',
        'd',
      ),
      ['0-1000 ?: a', '1000-2000 ?: b', '2000-3000 ?: c', '3000-4000 ?: d'],
    ],
    [
      'a blank line below the times',
      lines('1', '00:00:00,000 --> 00:00:01,000', '', 'Fine!', '', '2', '00:00:01,000 --> 00:00:02,000', 'b'),
      ['0-1000 ?: Fine!', '1000-2000 ?: b'],
    ],
    [
      'blank lines at the start, a line of one space between cues, gaps, missing and repeated numbers',
      lines(
        '',
        '',
        '1',
        '00:00:00,000 --> 00:00:01,000',
        'a',
        ' ',
        '7',
        '00:00:01,000 --> 00:00:02,000',
        'b',
        '',
        '',
        '00:00:02,000 --> 00:00:03,000',
        'c',
        '',
        '7',
        '00:00:03,000 --> 00:00:04,000',
        'd',
      ),
      ['0-1000 ?: a', '1000-2000 ?: b', '2000-3000 ?: c', '3000-4000 ?: d'],
    ],
    [
      'numbers that were said',
      lines(
        '1',
        '00:00:00,000 --> 00:00:01,000',
        'It costs',
        '42',
        '00:00:01,000 --> 00:00:02,000',
        'The code is',
        '',
        '7719',
        '',
        '3',
        '00:00:02,000 --> 00:00:03,000',
        'b',
      ),
      ['0-1000 ?: It costs 42', '1000-2000 ?: The code is 7719', '2000-3000 ?: b'],
    ],
    [
      'a number that is the whole speech',
      lines(
        '00:00:00,000 --> 00:00:01,000',
        'How many?',
        '00:00:01,000 --> 00:00:02,000',
        '42',
        '00:00:02,000 --> 00:00:03,000',
        'Right.',
      ),
      ['0-1000 ?: How many?', '1000-2000 ?: 42', '2000-3000 ?: Right.'],
    ],
    [
      'the next number, without blank lines',
      lines('1', '00:00:00,000 --> 00:00:01,000', 'a', '2', '00:00:01,000 --> 00:00:02,000', 'b'),
      ['0-1000 ?: a', '1000-2000 ?: b'],
    ],
    [
      'the next number apart from its times',
      lines('1', '00:00:00,000 --> 00:00:01,000', 'a', '', '2', '', '00:00:01,000 --> 00:00:02,000', 'b', '', '3', ''),
      ['0-1000 ?: a', '1000-2000 ?: b'],
    ],
    [
      'ids that are no numbers',
      lines('a-1', '00:00:00,000 --> 00:00:01,000', 'a', '', 'a-2', '00:00:01,000 --> 00:00:02,000', 'b'),
      ['0-1000 ?: a', '1000-2000 ?: b'],
    ],
    ['coordinates behind the times', '1\n00:00:00,000 --> 00:00:01,000 X1:40 X2:600 Y1:20 Y2:50\na', ['0-1000 ?: a']],
    ['words behind the times', '1\n00:00:00,000 --> 00:00:01,000 Hello there', ['0-1000 ?: Hello there']],
    [
      'times that were said',
      srtOf('from 10:30 to 11:45', '10:30 -> 11:45', '1.5 --> 2.5 and A --> B'),
      ['0-1000 ?: from 10:30 to 11:45', '1000-2000 ?: 10:30 -> 11:45', '2000-3000 ?: 1.5 --> 2.5 and A --> B'],
    ],
    ['WebVTT sent as SubRip', 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\na', ['1000-2000 ?: a']],
  ])('%s', (_, body, expected) => {
    expect(told('srt', body)).toEqual(expected);
    expect(told('srt', `\uFEFF${body.replaceAll('\n', '\r\n')}`)).toEqual(expected);
  });

  test.each([
    ['a letter in a time', '2\n00:00:0O,500 --> 00:00:03,000'],
    ['no arrow', '2\n00:00:01,500 00:00:03,000'],
    ['half an arrow', '2\n00:00:01,500 - 00:00:03,000'],
    ['one time', '2\n00:00:01,500'],
    ['a split arrow', '2\n00:00:01,500 -- > 00:00:03,000'],
    ['words for times', '\n2\nsoon --> later'],
  ])('%s is a 400 of its own cue and no speech of the cue before', (_, broken) => {
    const [refusal] = told('srt', `1\n00:00:00,000 --> 00:00:01,000\nfirst\n${broken}\nsecond`);
    expect(refusal).toMatch(/^400 cue 2: its times must read/);
  });

  test.each([
    ['', '400 segments: must not be empty; send at least one piece of speech'],
    ['hello', '400 line 1: stands before the first times'],
    ['1\n-00:00:01,000 --> 00:00:01,000\nx', '400 cue 1: its times must not be negative'],
    ['1\n00:00:02,000 --> 00:00:01,000\nx', '400 cue 1: must not end before it starts'],
  ])('%j is refused', (body, expected) => {
    expect(told('srt', body)).toEqual([expect.stringContaining(expected)]);
  });

  test.each([
    ['<I>We</I> agree<br />on <B>May</B>.', 'We agree on May.'],
    ['<FONT COLOR="#ffff00">Green</FONT> it is\\Nthen\\hdone.', 'Green it is then done.'],
    ['{\\an8}{\\pos(190,230)}Top line', 'Top line'],
    ['in C:\\New\\Notes and \\\\server\\New', 'in C:\\New\\Notes and \\\\server\\New'],
    ['{curly} and <今から 70年>', '{curly} and <今から 70年>'],
    ['- How are you?\n- Fine.', '- How are you? - Fine.'],
  ])('%j reads %j', (text, expected) => {
    expect(said('srt', srtOf(text))).toEqual([`?: ${expected}`]);
  });

  test('more cues than the limit are refused', () => {
    const scanner = new CueScanner('numbers');
    const next = () => scanner.times({ startMs: 0, endMs: 0, rest: '' });
    for (let i = 0; i < 500_000; i++) next();
    expect(next).toThrow('segments: must be at most 500000; split the transcript');
  });

  test.each(['\n\n', '\n\r', '\r\n\r\n'])('with a line end of %j a number above its times was not said', (newline) => {
    expect(said('srt', srtOf('a', 'the 2 of us', 'c').replaceAll('\n', newline))).toEqual([
      '?: a',
      '?: the 2 of us',
      '?: c',
    ]);
  });

  test('names its format', () => {
    expect(read('srt', srtOf('a', ' '))).toMatchObject({ sourceFormat: 'srt', dropped: { emptyCues: 1, repeats: 0 } });
  });
});
