import { read, told } from './read.ts';

describe('blocks of a name and a time', () => {
  test.each<[string, string, string[]]>([
    [
      'Otter',
      'Ana López  0:01  \nHello there.\nSecond line\n\nBen Ode  1:02:15\nHi.\n\n1:02:21  \nnobody named\n\nTranscribed by https://otter.ai\n',
      [
        '1000-3735000 Ana López: Hello there. Second line',
        '3735000-3741000 Ben Ode: Hi.',
        '3741000-3741800 ?: nobody named',
      ],
    ],
    [
      'Zoom, with the time of day',
      '[Ana López] 14:00:05\nHello there.\n\n[Ben] 14:00:15\nHi.\n',
      ['0-10000 Ana López: Hello there.', '10000-10400 Ben: Hi.'],
    ],
    ['Teams', 'Ana López   0:03\nHello\nBen Ode   0:05\nHi', ['3000-5000 Ana López: Hello', '5000-5400 Ben Ode: Hi']],
    [
      'Rev',
      'Speaker 1 (00:01):\nHello\n\nSpeaker 2 (00:12):\nHi',
      ['1000-12000 Speaker 1: Hello', '12000-12400 Speaker 2: Hi'],
    ],
    [
      'one space',
      'Ana López 0:01\nWe meet at\nnoon or 10:30\n\nBen 0:15\nHi.\n\nWe meet at 10:30\n',
      ['1000-15000 Ana López: We meet at noon or 10:30', '15000-17000 Ben: Hi. We meet at 10:30'],
    ],
    [
      'what Otter writes above the first block',
      'Weekly\nTue, Sep 12, 2026 2:00PM • 45:12\n\nSUMMARY KEYWORDS\nplan\n\nSPEAKERS\nAna\n\n\nAna  00:01\nHi\n',
      ['1000-1400 Ana: Hi'],
    ],
    ['a block without words', 'Ana  0:01\n\nBen  0:02\nHi', ['2000-2400 Ben: Hi']],
    ['CRLF and a mark', '\uFEFFAna  0:01\r\n\r\nHi\r\n', ['1000-1400 Ana: Hi']],
    ['WebVTT sent as text', 'WEBVTT\n\n00:01.000 --> 00:02.000\nHi', ['1000-2000 ?: Hi']],
    ['SubRip sent as text', '1\n00:00:01,000 --> 00:00:02,000\nHi', ['1000-2000 ?: Hi']],
  ])('%s', (_, body, expected) => {
    expect(told('text', body)).toEqual(expected);
  });

  test.each([
    ['Hello, this is no transcript.', '400 line 1: must be a name, two spaces and a time'],
    ['Minutes\n\nAna  0:01\nHi', '400 line 1: must be a name, two spaces and a time'],
    ['{"segments": []}', '400 body: looks like JSON; send it as application/json'],
    ['', '400 segments: must not be empty'],
  ])('%j is refused', (body, expected) => {
    expect(told('text', body)).toEqual([expect.stringContaining(expected)]);
  });

  test('counts blocks without words', () => {
    expect(read('text', 'Ana  0:01\n\nBen  0:02\nHi')).toMatchObject({
      sourceFormat: 'text',
      dropped: { emptyCues: 1 },
    });
  });
});

describe('SubViewer', () => {
  test('names, breaks, numbers that were said, a cue without words', () => {
    const body =
      '0:00:00.599,0:00:04.160\n>> ALICE: Hi, my name[br]is Alice\n\n0:00:04.160,0:00:06.770\nThe code is\n\n7719\n0:00:07.000,0:00:08.000\n\n0:00:08.000,0:00:09.000\nBye\n';
    expect(told('text', body)).toEqual([
      '599-4160 ALICE: Hi, my name is Alice',
      '4160-6770 ?: The code is 7719',
      '8000-9000 ?: Bye',
    ]);
    expect(read('text', body)).toMatchObject({ sourceFormat: 'sbv', dropped: { emptyCues: 1, repeats: 0 } });
  });

  test('a broken line of times is a 400 of its cue', () => {
    expect(told('text', '0:00:00.599,0:00:04.160\na\n\n0:00:0O.160,0:00:06.770\nb')).toEqual([
      expect.stringMatching(/^400 cue 2: its times must read/),
    ]);
  });
});

describe('charsets', () => {
  const SRT = '1\n00:00:01,000 --> 00:00:02,000\nGrüße, Señor €\n';
  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
  const cp1252 = Buffer.from(SRT.replace('€', '\x80'), 'latin1');
  const EXPECTED = ['1000-2000 ?: Grüße, Señor €'];

  test('UTF-16 is read by its mark', () => {
    expect(told('srt', utf16(SRT))).toEqual(EXPECTED);
    expect(told('srt', Buffer.from(utf16(SRT)).swap16())).toEqual(EXPECTED);
    expect(told('json', utf16('{"segments":[{"start":0,"end":1,"text":"ü"}]}'))).toEqual(['0-1000 ?: ü']);
  });

  test('other charsets are read where they are declared', () => {
    expect(told('srt', cp1252, 'windows-1252')).toEqual(EXPECTED);
    expect(told('srt', Buffer.from(SRT, 'utf16le'), 'utf-16le')).toEqual(EXPECTED);
    expect(
      told('srt', new Uint8Array([...Buffer.from('1\n00:00:01,000 --> 00:00:02,000\n'), 0x8f, 0x88]), 'shift_jis'),
    ).toEqual(['1000-2000 ?: 場'.replace('場', '処')]);
  });

  test.each<[string, Uint8Array, string | null, string]>([
    ['a byte that begins no character', cp1252, null, '400 body: is not UTF-8 at byte 34 (0xFC)'],
    [
      'a character that is not ended',
      Buffer.from('1\n\xe9n', 'latin1'),
      null,
      '400 body: is not UTF-8 at byte 2 (0xE9)',
    ],
    ['an end within a character', Buffer.from('1\n\xe9', 'latin1'), null, '400 body: is not UTF-8 at byte 2 (0xE9)'],
    [
      'a bad byte far behind',
      Buffer.concat([Buffer.alloc(200_001, 'ü '), Buffer.from([0x20, 0xff])]),
      null,
      '400 body: is not UTF-8 at byte 200002 (0xFF)',
    ],
    [
      'UTF-16 without a mark',
      Buffer.from(SRT, 'utf16le'),
      null,
      '400 body: looks like UTF-16 without a byte order mark; send "charset=utf-16le"',
    ],
    [
      'another charset than the declared one',
      Buffer.from([0x31, 0xff, 0x0a]),
      'shift_jis',
      '400 body: is not SHIFT_JIS at byte 1 (0xFF); the charset',
    ],
    ['an unknown charset', Buffer.from(SRT), 'klingon', '415 The charset of the Content-Type is not known'],
  ])('%s', (_, body, charset, expected) => {
    expect(told('srt', body, charset)).toEqual([expect.stringContaining(expected)]);
  });

  test('the refusal says which charset to send', () => {
    expect(told('srt', cp1252)[0]).toMatch(/"charset=windows-1252".*ask import --charset/);
  });
});
