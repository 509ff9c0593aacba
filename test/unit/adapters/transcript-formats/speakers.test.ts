import { said, srtOf, vttOf } from './read.ts';

describe('speakers as tools write them', () => {
  test.each<[string, string[], string[]]>([
    [
      'Zoom: a display name before every cue',
      [
        'Christina Ruiz: a',
        'Ana de la Cruz: b',
        'Sam Lee (she/her): c',
        'maria k: d',
        'Ruiz, Christina: e',
        'sam.lee@example.org: f',
        'Conference Room 4B | HQ: g',
        '+1 415 555 0100: h',
      ],
      [
        'Christina Ruiz: a',
        'Ana de la Cruz: b',
        'Sam Lee (she/her): c',
        'maria k: d',
        'Ruiz, Christina: e',
        'sam.lee@example.org: f',
        'Conference Room 4B | HQ: g',
        '+1 415 555 0100: h',
      ],
    ],
    [
      'names where the speaker changes',
      ['Ana: a', 'b', 'Ben: c', 'd', 'Ana: e', 'f', 'Ben: g', 'h'],
      ['Ana: a', '?: b', 'Ben: c', '?: d', 'Ana: e', '?: f', 'Ben: g', '?: h'],
    ],
    [
      'names without capitals that come again',
      ['ana: a', 'ben: b', 'ana: c', 'ben: d'],
      ['ana: a', 'ben: b', 'ana: c', 'ben: d'],
    ],
    [
      'any script',
      ['王芳：好', '佐藤: お', 'أحمد: ص', 'Спикер №1: Д', 'สมชาย: ส', 'מיכל: ב', 'Ελένη: Γ', '김철수: 안'],
      ['王芳: 好', '佐藤: お', 'أحمد: ص', 'Спикер №1: Д', 'สมชาย: ส', 'מיכל: ב', 'Ελένη: Γ', '김철수: 안'],
    ],
    ['WhisperX: brackets with a colon', ['[SPEAKER_00]: a', '[SPEAKER_01]: b'], ['SPEAKER_00: a', 'SPEAKER_01: b']],
    [
      'whisper.cpp: parentheses, and its mark of a turn',
      ['(speaker 0) a', '(speaker 1) b', '(speaker ?) c [SPEAKER_TURN]'],
      ['speaker 0: a', 'speaker 1: b', '?: c'],
    ],
    [
      'a name in brackets with a colon, a sound without',
      ['[Ana López]: a', '[Music]', '[laughs] b'],
      ['Ana López: a', '?: [Music]', '?: [laughs] b'],
    ],
    [
      'Google Meet: a name in parentheses above the words',
      ['(Ana López)\na', '(Ben Ode)\nb', '(Ana López)\nc: d'],
      ['Ana López: a', 'Ben Ode: b', 'Ana López: c: d'],
    ],
    ['the same on one line', ['[Ana López] a', '[Ben Ode] b'], ['Ana López: a', 'Ben Ode: b']],
    ['marks of direction', ['\u200Fمحمد علي\u200F: ا', '\u200Fسارة: ب'], ['محمد علي: ا', 'سارة: ب']],
    ['numbered people', ['MAN 1: a', 'WOMAN #2: b'], ['MAN 1: a', 'WOMAN #2: b']],
    ['broadcast: chevrons', ['>> ANNA BERG: a', 'and b', '>> BO: c: d'], ['ANNA BERG: a', '?: and b', 'BO: c: d']],
    [
      'dashes, five names, mixed case, no space',
      ['Maria Fernanda Lopez Garcia Soto: a', '- Ana: b', 'Speaker A: c', 'McGEE: d', 'Ana:no space'],
      ['Maria Fernanda Lopez Garcia Soto: a', 'Ana: b', 'Speaker A: c', 'McGEE: d', 'Ana: no space'],
    ],
    [
      'two people in a cue',
      ['ANA: Is it right?\nBEN: No, it\nis low.', 'Nobody did.\nBEN: I did.'],
      ['ANA: Is it right?', 'BEN: No, it is low.', '?: Nobody did.', 'BEN: I did.'],
    ],
    ['two people with dashes', ['- Ana: a\n- Ben: b', '- c\n- d'], ['Ana: a', 'Ben: b', '?: - c - d']],
    ['a name on a line of its own', ['Ana:\nwe start', 'Ben:\nwe end'], ['Ana: we start', 'Ben: we end']],
    ['a cue of nothing but a name', ['Ana: a', 'Ben:', 'Ana: b'], ['Ana: a', '?: Ben:', 'Ana: b']],
    ['one cue', ['Dr. Ng: a'], ['Dr. Ng: a']],
    ['an apostrophe and a hyphen', ['Élodie O’Neil-Smith: a'], ['Élodie O’Neil-Smith: a']],
  ])('%s', (_, texts, expected) => {
    expect(said('srt', srtOf(...texts))).toEqual(expected);
    expect(said('vtt', vttOf(...texts))).toEqual(expected);
  });

  test.each<[string, string[]]>([
    [
      'labels, each once',
      ['One more thing: a', 'Remember: b', 'Next Steps: c', 'Question: d', '10:30 Meeting: e', 'The problem: f'],
    ],
    ['numbered labels', ['Step One: a', 'Plan B: b', 'Phase 2: c', 'Q1: d', 'P.S.: e']],
    ['labels that come again', ['Note: a', 'Note: b', 'Summary: c', 'Summary: d']],
    ['parts of minutes', ['Attendees: a', 'Absent: b', 'Attendees: c', 'Present: d']],
    ['labels in other languages', ['注意：a', 'Wichtig: b', 'Pregunta: c', 'Важно: d']],
    ['a word that no list of labels has', ['a', 'Aufwand: b', 'c', 'd', 'Aufwand: e', 'f']],
    ['such a word beside labels', ['Ergebnis: a', 'Ergebnis: b', 'Aufwand: c', 'Aufwand: d']],
    ['a label in a file of plain speech', ['a', 'b', 'Hiring: c', 'd', 'e']],
    ['times, links and paths', ['It starts at 10:30', 'see https://x.org', 'open C:\\x', '12: a']],
    ['sentences', ['so the plan: a', 'A Very Long Title Indeed Friends: b', 'He said that: c', 'Stop! Ana: d']],
    ['sounds in brackets', ['(Applause)\na', '[Laughter] b', '(Applause)', '[Door Slams] c', 'd']],
    ['sounds in capitals', ['(LOUD MUSIC) a', 'b', '(LOUD MUSIC)', 'c']],
    ['dashes of unnamed people', ['- How are you?\n- Fine.']],
  ])('%s name nobody and stay', (_, texts) => {
    const expected = texts.map((text) => `?: ${text.replace('\n', ' ')}`);
    expect(said('srt', srtOf(...texts))).toEqual(expected);
  });

  test('labels among names stay in what the named people say', () => {
    const texts = ['Ana: hi', 'Ben: Note: read it', 'Ana: ok', 'Note: nobody says this', 'Ben: bye'];
    expect(said('srt', srtOf(...texts))).toEqual([
      'Ana: hi',
      'Ben: Note: read it',
      'Ana: ok',
      '?: Note: nobody says this',
      'Ben: bye',
    ]);
  });

  test('a voice names the speaker, and a prefix of the same name is taken off', () => {
    expect(said('vtt', vttOf('<v Ana López>Ana López: a</v>', '<v Ana>Ben: b</v>'))).toEqual([
      'Ana López: a',
      'Ana: Ben: b',
    ]);
  });
});

describe('speakers in the ids of cues', () => {
  const vtt = (...cues: [string, string][]) =>
    `WEBVTT\n\n${cues.map(([id, text], i) => `${id}\n00:0${i}.000 --> 00:0${i + 1}.000\n${text}\n`).join('\n')}`;

  test.each<[string, [string, string][], string[]]>([
    [
      'numbered',
      [
        ['Speaker 1', 'a'],
        ['Speaker 2', 'b'],
      ],
      ['Speaker 1: a', 'Speaker 2: b'],
    ],
    [
      'Webex',
      [
        ['1 "Jonas Ek" (3056711)', 'a'],
        ['2 "王芳" (2)', 'b'],
      ],
      ['Jonas Ek: a', '王芳: b'],
    ],
    [
      'names that come again',
      [
        ['Ana', 'a'],
        ['Ben', 'b'],
        ['Ana', 'c'],
        ['Ben', 'd'],
      ],
      ['Ana: a', 'Ben: b', 'Ana: c', 'Ben: d'],
    ],
    [
      'full names',
      [
        ['Ana López', 'a'],
        ['Ben Ode', 'b'],
      ],
      ['Ana López: a', 'Ben Ode: b'],
    ],
    [
      'what else an id may be',
      [
        ['intro', 'a'],
        ['STYLE', 'b'],
        ['NOTE x: 0.9', 'c'],
        ['9c1f0a52-6c0f/12-0', 'd'],
        ['Slide', 'e'],
      ],
      ['?: a', '?: b', '?: c', '?: d', '?: e'],
    ],
    [
      'a voice or a prefix goes before the id',
      [
        ['Speaker 1', '<v Ana>a</v>'],
        ['Speaker 2', '- Ben: b'],
        ['Speaker 3', 'c'],
      ],
      ['Ana: a', 'Ben: b', 'Speaker 3: c'],
    ],
  ])('%s', (_, cues, expected) => {
    expect(said('vtt', vtt(...cues))).toEqual(expected);
  });
});

test.each([
  [
    'Georgian, which has no capitals in names',
    srtOf('გიორგი: კი', 'ნინო: არა', 'გიორგი: კარგი'),
    ['გიორგი: კი', 'ნინო: არა', 'გიორგი: კარგი'],
  ],
  ['single letters before every cue', srtOf('A: hi', 'B: yo', 'A: ok'), ['A: hi', 'B: yo', 'A: ok']],
])('%s are names', (_, body, expected) => {
  expect(said('srt', body)).toEqual(expected);
});
