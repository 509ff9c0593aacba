import { read, said, told } from './read.ts';

const vtt = (...lines: string[]) => ['WEBVTT', '', ...lines, ''].join('\n');
const MUST_READ = 'its times must read 00:00:01.000 --> 00:00:02.000';

describe('the file parsing rules of WebVTT', () => {
  test.each<[string, string, string[]]>([
    ['a byte order mark before the signature', '\uFEFFWEBVTT\n\n00:00.000 --> 00:01.000\na', ['0-1000 ?: a']],
    ['words behind the signature', 'WEBVTT weekly\n\n00:00.000 --> 00:01.000\na', ['0-1000 ?: a']],
    ['a tab behind the signature', 'WEBVTT\tx\n\n00:00.000 --> 00:01.000\na', ['0-1000 ?: a']],
    [
      'a line of times ends the header',
      'WEBVTT\n00:00.000 --> 00:01.000\na\n\n00:01.000 --> 00:02.000\nb',
      ['0-1000 ?: a', '1000-2000 ?: b'],
    ],
    [
      'a line of times ends a header of HLS',
      'WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:1\n00:00.000 --> 00:01.000\na',
      ['0-1000 ?: a'],
    ],
    ['a header of many lines', 'WEBVTT\nKind: captions\nfoo\nbar\n\n00:00.000 --> 00:01.000\na', ['0-1000 ?: a']],
    [
      'ids with white space, arrows and no letters',
      vtt(
        ' lead',
        '00:00.000 --> 00:01.000',
        'a',
        '',
        '-- >',
        '00:01.000 --> 00:02.000',
        'b',
        '',
        ' ',
        '00:02.000 --> 00:03.000',
        'c',
      ),
      ['0-1000 ?: a', '1000-2000 ?: b', '2000-3000 ?: c'],
    ],
    [
      'a bad header above good times',
      vtt(
        '-->',
        '00:00.000 --> 00:01.000',
        'a',
        'foo-->',
        '00:01.000 --> 00:02.000',
        'b',
        '--->',
        '00:02.000 --> 00:03.000',
        'c',
      ),
      ['0-1000 ?: a', '1000-2000 ?: b', '2000-3000 ?: c'],
    ],
    [
      'cues without a blank line between them',
      vtt('00:00.000 --> 00:01.000', 'a', '00:01.000 --> 00:02.000', 'b'),
      ['0-1000 ?: a', '1000-2000 ?: b'],
    ],
    [
      'CR, LF and CRLF in one file',
      vtt('x\r00:00.000 --> 00:01.000\ra\r\rx', '00:01.000 --> 00:02.000', 'b', '\r\n00:02.000 --> 00:03.000\r\nc'),
      ['0-1000 ?: a', '1000-2000 ?: b', '2000-3000 ?: c'],
    ],
    ['NUL becomes U+FFFD', vtt('00:00.000 --> 00:01.000', 'a\0b'), ['0-1000 ?: a\uFFFDb']],
    [
      'tabs, form feeds or nothing around the arrow',
      vtt('\t00:00.000\t-->\t00:01.000\t', 'a', '', '00:01.000\f-->\f00:02.000', 'b', '', '00:02.000-->00:03.000', 'c'),
      ['0-1000 ?: a', '1000-2000 ?: b', '2000-3000 ?: c'],
    ],
    ['hours of three digits', vtt('123:00:00.000 --> 123:00:02.500', 'a'), ['442800000-442802500 ?: a']],
    [
      'settings, good and bad',
      vtt(
        '00:00.000 --> 00:01.000 line:84%,start align: center region:x',
        'a',
        '',
        '00:01.000 --> 00:02.000 position:5% align',
        'b',
      ),
      ['0-1000 ?: a', '1000-2000 ?: b'],
    ],
    [
      'notes, styles and regions',
      vtt(
        'NOTE one',
        'two',
        '',
        'STYLE',
        '::cue { }',
        '',
        'REGION',
        'id:x',
        '',
        'REGION: id=a width=4%',
        '',
        '00:00.000 --> 00:01.000',
        'a',
        '',
        'NOTE',
        'end',
      ),
      ['0-1000 ?: a'],
    ],
    [
      'a style with a blank line in it',
      vtt('STYLE', '::cue { color: red', '', '}', '', '00:00.000 --> 00:01.000', 'a'),
      ['0-1000 ?: a'],
    ],
    [
      'an id that begins with NOTE, STYLE or REGION',
      vtt(
        'NOTE Confidence: 0.9',
        '00:00.000 --> 00:01.000',
        'a',
        '',
        'STYLE',
        '00:01.000 --> 00:02.000',
        'b',
        '',
        'REGION 1',
        '00:02.000 --> 00:03.000',
        'c',
      ),
      ['0-1000 ?: a', '1000-2000 ?: b', '2000-3000 ?: c'],
    ],
    [
      'times in the third line of a note open a cue',
      vtt('NOTE a', 'b', '00:00.000 --> 00:01.000', 'c'),
      ['0-1000 ?: c'],
    ],
    [
      'NOTE in the text of a cue',
      vtt('00:00.000 --> 00:01.000', 'please', 'NOTE that'),
      ['0-1000 ?: please NOTE that'],
    ],
    ['no line end at the end', 'WEBVTT\n\n00:00.000 --> 00:01.000\na', ['0-1000 ?: a']],
    ['a line of one space ends no cue', vtt('00:00.000 --> 00:01.000', ' ', 'a', ' ', 'b'), ['0-1000 ?: a b']],
    [
      'overlapping, equal and empty spans',
      vtt('00:05.000 --> 00:05.000', 'a', '', '00:01.000 --> 00:06.000', 'b', '', '00:01.000 --> 00:06.000', 'b'),
      ['5000-5000 ?: a', '1000-6000 ?: b', '1000-6000 ?: b'],
    ],
  ])('%s', (_, body, expected) => {
    expect(told('vtt', body)).toEqual(expected);
  });

  test.each([
    ['seconds of 60', '00:00:60.000 --> 00:01:01.000'],
    ['minutes of 60', '00:60:00.000 --> 01:01:00.000'],
    ['three digits of minutes', '000:00.000 --> 00:01.000'],
    ['a doubled colon', '00::00:00.000 --> 00:00:01.000'],
    ['a doubled point', '00:00:00..000 --> 00:00:01.000'],
    ['no second time', '00:00:00.000 -->'],
    ['words for times', 'soon --> later'],
    ['words for times below an id', 'b\nsoon --> later'],
  ])('%s is a 400 that names the cue and the line', (_, times) => {
    expect(told('vtt', vtt('00:00.000 --> 00:01.000', 'fine', '', times, 'x'))).toEqual([
      expect.stringContaining(`400 cue 2: ${MUST_READ}, on line `),
    ]);
  });
});

describe('what producers of WebVTT write', () => {
  test.each<[string, string, string[]]>([
    ['Teams: one digit of hours, minutes and fraction', vtt('0:0:13.540 --> 0:1:5.2', 'a'), ['13540-65200 ?: a']],
    ['times with a comma', vtt('00:00:01,000 --> 00:00:02,000', 'a'), ['1000-2000 ?: a']],
    ['a number alone at the end of a cut file', vtt('1', '00:00.000 --> 00:01.000', 'a', '', '2'), ['0-1000 ?: a']],
    ['another number at the end was said', vtt('1', '00:00.000 --> 00:01.000', 'a', '', '7'), ['0-1000 ?: a 7']],
    [
      'a blank line below the times',
      vtt('00:00.000 --> 00:01.000', '', 'a', 'b', '', '00:01.000 --> 00:02.000', 'c'),
      ['0-1000 ?: a b', '1000-2000 ?: c'],
    ],
    [
      'a blank line inside a cue',
      vtt('00:00.000 --> 00:01.000', 'FW version: 2', '', 'UP', '', '   S1'),
      ['0-1000 ?: FW version: 2 UP S1'],
    ],
    [
      'an arrow that was said',
      vtt('00:00.000 --> 00:01.000', 'from A --> B', 'and back'),
      ['0-1000 ?: from A --> B and back'],
    ],
    ['words behind the times', vtt('00:00.000 --> 00:01.000 Hello there', 'you'), ['0-1000 ?: Hello there you']],
    [
      'cues without words',
      vtt(
        '00:00.000 --> 00:01.000',
        '',
        '00:01.000 --> 00:02.000',
        '&nbsp;',
        '',
        '00:02.000 --> 00:03.000',
        '<v Ana></v>',
        '',
        '00:03.000 --> 00:04.000',
        'a',
      ),
      ['3000-4000 ?: a'],
    ],
    [
      'an id alone at the end of a cut file',
      vtt('9c1f-1', '00:00.000 --> 00:01.000', 'a', '', '9c1f-2'),
      ['0-1000 ?: a'],
    ],
    ['SubRip sent as WebVTT', '1\n00:00:01,000 --> 00:00:02,000\na', ['1000-2000 ?: a']],
  ])('%s', (_, body, expected) => {
    expect(told('vtt', body)).toEqual(expected);
  });

  test.each<[string, string, string]>([
    ['no signature', 'hello', '400 body: must start with the line WEBVTT'],
    ['another word', 'WEBVTTX\n\nhello', '400 body: must start with the line WEBVTT'],
    [
      'words before the first times',
      vtt('Transcribed by us', '', '00:00.000 --> 00:01.000', 'a'),
      '400 line 3: stands before the first times',
    ],
    [
      'words after a note',
      vtt('NOTE a', '', 'who', '', '00:00.000 --> 00:01.000', 'a'),
      '400 line 5: stands after a NOTE, STYLE or REGION block',
    ],
    [
      'bad times below a note that is an id',
      vtt('NOTE a', '00:00:0O.000 --> 00:00:01.000', 'x'),
      `400 cue 1: ${MUST_READ}, on line 4`,
    ],
    [
      'an end before its start',
      vtt('00:02.000 --> 00:01.000', 'a'),
      '400 cue 1: must not end before it starts, on line 3',
    ],
    ['a negative time', vtt('-00:02.000 --> 00:01.000', 'a'), '400 cue 1: its times must not be negative, on line 3'],
    ['no cues', 'WEBVTT', '400 segments: must not be empty; send at least one piece of speech'],
    [
      'no words',
      vtt('00:00.000 --> 00:01.000', ' '),
      '400 segments: must not be empty; send at least one piece of speech',
    ],
    [
      'a name that no store takes',
      vtt('00:00.000 --> 00:01.000', `<v ${'A'.repeat(201)}>x`),
      '400 cue 1: the name of its speaker must have at most 200',
    ],
    [
      'a text that no store takes',
      vtt('00:00.000 --> 00:01.000', 'x'.repeat(100_001)),
      '400 cue 1: must have at most 100000 characters',
    ],
    ['JSON', '{"segments":[]}', '400 body: looks like JSON; send it as application/json'],
  ])('%s is refused', (_, body, expected) => {
    expect(told('vtt', body)).toEqual([expect.stringContaining(expected)]);
  });

  test('the header tells the language, and empty cues are counted', () => {
    const { language, sourceFormat, dropped } = read(
      'vtt',
      'WEBVTT\nLanguage: de-AT\n\n00:00.000 --> 00:01.000\n\n00:01.000 --> 00:02.000\na',
    );
    expect({ language, sourceFormat, dropped }).toEqual({
      language: 'de-AT',
      sourceFormat: 'vtt',
      dropped: { emptyCues: 1, repeats: 0 },
    });
  });
});

describe('the text of a cue', () => {
  const cue = (text: string) => said('vtt', vtt('00:00.000 --> 00:01.000', text));

  test.each<[string, string[]]>([
    ['<v.loud Ana López>Salt &amp; <b>pepper</b> <00:00.500>now</v>', ['Ana López: Salt & pepper now']],
    ['<v Ana>Ready?\n<v Ben>Yes.', ['Ana: Ready?', 'Ben: Yes.']],
    ['<v Ana>Ready?</v> <v Ben>Yes.</v>', ['Ana: Ready?', 'Ben: Yes.']],
    ['<v Ana>Hi.</v> (laughs)', ['Ana: Hi.', '?: (laughs)']],
    ['<v Ana><v Ben>nested</v> back</v>', ['Ben: nested', 'Ana: back']],
    ['<v ->The storage</v>', ['?: The storage']],
    ['<v >Nobody.</v>', ['?: Nobody.']],
    ['<v.loud>A class.</v>', ['?: A class.']],
    ['<v Smith & Sons>AT&T, it&#39;s &amp;amp; 5&nbsp;%</v>', ["Smith & Sons: AT&T, it's &amp; 5 %"]],
    ['caf&eacute; &lt;i&gt; &#8217;', ['?: café <i> ’']],
    ['if a<b and b>c, <b style="x">bold</b> <i.x>it</i >', ['?: if a<b and b>c, bold it']],
    ['x < 5, a<b, <bob@example.org> <3, List<String>', ['?: x < 5, a<b, <bob@example.org> <3, List<String>']],
    ['<lang en>one</lang> <ruby>漢<rt>kan</rt></ruby> <c.red.big>two</c><I>three</I></b>', ['?: one 漢kan twothree']],
    ['See [1] and [^a-z] and [^k7x2m].', ['?: See [1] and [^a-z] and [^k7x2m].']],
    ['👨‍👩‍👧 \u202Eevil\u202C e\u0301te\u0301', ['?: 👨‍👩‍👧 \u202Eevil\u202C e\u0301te\u0301']],
    ['C:\\Network and \\N', ['?: C:\\Network and \\N']],
  ])('%s', (text, expected) => {
    expect(cue(text)).toEqual(expected);
  });
});
