import { told } from './read.ts';

const TWO = ['62000-75000 Ana López: We start now.', '75000-75800 Ben Ode: All right.'];
const lines = (...all: string[]) => all.join('\n');

describe('text with times, as tools write it', () => {
  test.each<[string, string]>([
    ['a time in brackets', lines('[00:01:02] Ana López: We start now.', '[00:01:15] Ben Ode: All right.')],
    ['in parentheses', lines('(1:02) Ana López: We start now.', '', '(1:15) Ben Ode: All right.')],
    ['a bare time', lines('00:01:02 Ana López: We start now.', '00:01:15 Ben Ode: All right.')],
    ['a dash or a bar behind it', lines('1:02 - Ana López: We start now.', '1:15 | Ben Ode: All right.')],
    ['a time and a name, words below', lines('1:02 | Ana López', 'We start now.', '', '1:15 | Ben Ode', 'All right.')],
    ['the same in brackets', lines('[01:02] - Ana López:', 'We start now.', '', '[01:15] - Ben Ode:', 'All right.')],
    ['the time behind the name', lines('Ana López (1:02): We start now.', 'Ben Ode (1:15): All right.')],
    ['the same, words below', lines('Ana López [00:01:02]', 'We start now.', 'Ben Ode [00:01:15]', 'All right.')],
    ['a dash before the time', lines('Ana López - 01:02', 'We start now.', '', 'Ben Ode - 01:15', 'All right.')],
    ['no blank lines', lines('Ana López 01:02', 'We start now.', 'Ben Ode 01:15', 'All right.')],
    [
      'Markdown',
      lines('# Weekly', '', '**Ana López** (01:02): We start now.', '', '**Ben Ode** *(01:15)*: All right.'),
    ],
    ['Markdown headings', lines('### Ana López  01:02', 'We start now.', '', '### Ben Ode  01:15', 'All right.')],
    ['Markdown, all bold', lines('**[01:02] Ana López:** We start now.', '', '**[01:15] Ben Ode:** All right.')],
  ])('%s', (_, body) => {
    expect(told('text', body)).toEqual(TWO);
  });

  test.each<[string, string, string[]]>([
    [
      'ranges, as Whisper prints them',
      lines('[00:00.000 --> 00:04.000]  Hello and welcome.', '[00:04.000 --> 00:06.500]  It is 10:30.'),
      ['0-4000 ?: Hello and welcome.', '4000-6500 ?: It is 10:30.'],
    ],
    [
      'seconds, as faster-whisper prints them',
      lines('[0.00s -> 4.00s]  Hello.', '[4.00s -> 6.50s]  It is time.'),
      ['0-4000 ?: Hello.', '4000-6500 ?: It is time.'],
    ],
    [
      'a list of times and lines, copied from YouTube',
      lines('0:00', 'hello', '0:04', 'to the show', 'today', '1:00:03', 'bye'),
      ['0-4000 ?: hello', '4000-3603000 ?: to the show today', '3603000-3603400 ?: bye'],
    ],
    [
      'a time for some minutes of several people, as Google Meet writes it',
      lines('00:00:00', '', 'Ana López: Hi.', 'Ben Ode: Yo.', '', '00:05:00', '', 'Ana López: Bye.'),
      ['0-300000 Ana López: Hi.', '0-300000 Ben Ode: Yo.', '300000-300400 Ana López: Bye.'],
    ],
    [
      'wide brackets and colons',
      lines('张伟（00:01:02）：', '大家好。', '李娜（00:01:15）：', '你好。'),
      ['62000-75000 张伟: 大家好。', '75000-75400 李娜: 你好。'],
    ],
    [
      'words on more lines, times within words, labels',
      lines('[01:02] Ana López: See', '[x] and [00:05] below.', '[01:15] Note: read it.', '[01:20] Ana López: Yes.'),
      [
        '62000-75000 Ana López: See [x] and [00:05] below.',
        '75000-80000 ?: Note: read it.',
        '80000-80400 Ana López: Yes.',
      ],
    ],
  ])('%s', (_, body, expected) => {
    expect(told('text', body)).toEqual(expected);
  });

  test('a title above the first time is a 400 that names its line', () => {
    expect(told('text', 'Weekly\n[00:01:02] Ana: Hi.')).toEqual([expect.stringMatching(/^400 line 1: must be a name/)]);
  });

  test.each(['00:00:01.000 00:00:02.000', '00:00 00.000,00:00:02.000', '00:00:01.00 ,00:00:02.000'])(
    '%s was meant for SubViewer, and is a 400',
    (times) => {
      expect(told('text', `${times}\nAna: Hi.\n`)).toEqual([expect.stringMatching(/^400 line 1: must be a name/)]);
    },
  );

  test.each([
    ['Ana  0:01\nHi.\n\nBen  0:O5\nYo.', 4],
    ['[0:01] Ana: Hi.\n[0:0l] Ben: Yo.', 2],
    ['0:01 Ana: Hi.\n0::05 Ben: Yo.', 2],
    ['Ana (0:01): Hi.\nBen (0;05): Yo.', 2],
    ['[Ana] 14:00:05\nHi.\n[Ben] 14:OO:07\nYo.', 3],
  ])('%j: a time that cannot be read is a 400 of its line, and no speech of the block above', (body, line) => {
    expect(told('text', body)).toEqual([expect.stringContaining(`400 line ${line}: its time must read 0:01`)]);
  });

  test.each<[string, string, string[]]>([
    [
      'a time with its end, on a line of its own',
      '00:00:01,500 - 00:00:04\nAna: Hi.\n\n00:00:05 - 00:00:09\nBen: Yo.\n',
      ['1500-4000 Ana: Hi.', '5000-9000 Ben: Yo.'],
    ],
    [
      'a colon between name and time',
      'Ana: (0:01)\nHi.\n\nBen: (0:05)\nYo.\n',
      ['1000-5000 Ana: Hi.', '5000-5400 Ben: Yo.'],
    ],
    [
      'a meeting of Zoom that goes on past midnight',
      '[Ana] 23:59:50\nLate.\n\n[Ben] 00:00:10\nEarly.\n',
      ['0-20000 Ana: Late.', '20000-20400 Ben: Early.'],
    ],
    [
      'times that the page of YouTube says in words too',
      '0:00\n0 seconds\nhello\n1:02\n1 minute, 2 seconds\n62 seconds it took\n',
      ['0-62000 ?: hello', '62000-63600 ?: 62 seconds it took'],
    ],
    [
      'title, date and length as Teams puts them above',
      'Weekly with Ana\nSeptember 12, 2026, 2:00PM\n30m 5s\n\nAna López started transcription\n\nAna López   0:03\nHi.\n',
      ['3000-3400 Ana López: Hi.'],
    ],
  ])('%s', (_, body, expected) => {
    expect(told('text', body)).toEqual(expected);
  });

  test.each(['We met in May 2025.\n\nAna  0:03\nHi.\n', 'Title\n12.9.2026\nAnd we said this.\n\nAna  0:03\nHi.\n'])(
    '%j may have been said, and is a 400',
    (body) => {
      expect(told('text', body)).toEqual([expect.stringMatching(/^400 line 1: must be a name/)]);
    },
  );

  test('what only looks a little like a time was said', () => {
    expect(told('text', '[0:01] Ana: Hi.\n[lol] 16:9 and 0:75 and C:\\l:O')).toEqual([
      '1000-3800 Ana: Hi. [lol] 16:9 and 0:75 and C:\\l:O',
    ]);
  });
});
