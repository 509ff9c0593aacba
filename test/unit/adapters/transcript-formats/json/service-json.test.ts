import { summary, told } from '../read.ts';

const NONE = { emptyCues: 0, repeats: 0 };
const linesOf = (body: unknown) => summary(body).lines;
const refusal = (body: unknown) => told('json', JSON.stringify(body))[0];

describe('Amazon Transcribe', () => {
  const word = (content: string, start: string, end: string, more = {}) => ({
    ...{ type: 'pronunciation', start_time: start, end_time: end },
    ...{
      alternatives: [
        { confidence: '0.98', content },
        { confidence: '0.1', content: 'other' },
      ],
      ...more,
    },
  });
  const sign = (content: string, more = {}) => ({
    ...{ type: 'punctuation', alternatives: [{ confidence: '0.0', content }], ...more },
  });
  const file = (results: object) => ({ jobName: 'j', accountId: '1', status: 'COMPLETED', results });

  test('items with speakers; punctuation belongs to its word', () => {
    const [ana, ben] = [{ speaker_label: 'spk_0' }, { speaker_label: 'spk_1' }];
    const items = [
      ...[word('Good', '0.5', '0.8', ana), word('morning', '0.8', '1.2', ana), sign('.', ana)],
      ...[word('Hi', '1.3', '1.5', ben), sign(',', ben), word('Ana', '1.6', '2.0', ben), sign('!', ben)],
    ];
    const transcripts = [{ transcript: 'Good morning. Hi, Ana!' }];
    expect(summary(file({ language_code: 'en-US', transcripts, items, audio_segments: [] }))).toEqual({
      sourceFormat: 'aws_transcribe',
      language: 'en-US',
      recordedAt: null,
      dropped: NONE,
      lines: ['500-1200 spk_0: Good morning. [500,800]', '1300-2000 spk_1: Hi, Ana! [1300,1600]'],
    });
  });

  test('an older file, which names speakers apart from the items', () => {
    const items = [word('Yes', '0.10', '0.40'), sign('.'), word('No', '0.5', '0.9')];
    const segments = [
      { speaker_label: 'spk_0', items: [{ speaker_label: 'spk_0', start_time: '0.1', end_time: '0.4' }] },
      { speaker_label: 'spk_1', items: [{ speaker_label: 'spk_1', start_time: '0.50', end_time: '0.9' }] },
    ];
    expect(linesOf(file({ transcripts: [], items, speaker_labels: { speakers: 2, segments } }))).toEqual([
      '100-400 spk_0: Yes. [100]',
      '500-900 spk_1: No [500]',
    ]);
  });

  test('channels: each for itself, no word twice', () => {
    const [left, right] = [word('Hello', '0.0', '0.5'), word('Hi', '0.2', '0.6')];
    const channels = [
      { channel_label: 'ch_0', items: [left, word('there', '0.6', '0.9'), sign('.')] },
      { channel_label: 'ch_1', items: [right] },
    ];
    const results = { transcripts: [], channel_labels: { number_of_channels: 2, channels }, items: [left, right] };
    expect(linesOf(file(results))).toEqual(['0-900 ch_0: Hello there. [0,600]', '200-600 ch_1: Hi [200]']);
  });

  test('audio segments where there are no items; Chinese without spaces', () => {
    const segment = { id: 0, transcript: 'Sorry.', start_time: '8.49', end_time: '9.24', speaker_label: 'spk_1' };
    expect(
      summary(file({ transcripts: [], audio_segments: [segment, { ...segment, transcript: ' ' }] })),
    ).toMatchObject({
      lines: ['8490-9240 spk_1: Sorry.'],
      dropped: { emptyCues: 1 },
    });
    const items = [word('我们', '0', '0.5'), word('开始', '0.5', '1'), sign('。')];
    expect(linesOf(file({ language_code: 'zh-CN', transcripts: [], items }))).toEqual(['0-1000 ?: 我们开始。 [0]']);
  });

  test('a transcript without times is refused', () => {
    expect(refusal(file({ transcripts: [{ transcript: 'Lost?' }], items: [] }))).toMatch(
      /^400 results.transcripts.0: /,
    );
  });

  test('Call Analytics', () => {
    const turn = { ParticipantRole: 'AGENT', Content: 'How can I help?', BeginOffsetMillis: 10, EndOffsetMillis: 900 };
    expect(summary({ LanguageCode: 'en-US', Transcript: [turn], Participants: [] })).toMatchObject({
      sourceFormat: 'aws_transcribe',
      language: 'en-US',
      lines: ['10-900 AGENT: How can I help?'],
    });
  });
});

describe('Azure Speech', () => {
  test('a batch: ticks, durations, words, a phrase that failed', () => {
    const words = [
      { displayText: 'Hello', offset: 'PT1M0.07S', offsetInTicks: 600_700_000 },
      { displayText: '21.', offset: 'PT1M1S' },
    ];
    const nBest = [
      { confidence: 0.9, lexical: 'hello twenty one', display: 'Hello 21.', displayWords: words },
      { confidence: 0.2, lexical: 'other', display: 'Other.' },
    ];
    const phrase = { recognitionStatus: 'Success', channel: 0, speaker: 1, locale: 'en-US', nBest };
    const recognizedPhrases = [
      { ...phrase, offset: 'PT1M0.07S', duration: 'PT1.59S', offsetInTicks: 600_700_000, durationInTicks: 15_900_000 },
      { ...phrase, offset: 'PT1H2M3S', duration: 'PT2S', nBest: [{ lexical: 'so', display: '' }] },
      { recognitionStatus: 'Failure', channel: 0, offset: 'PT1H3M', duration: 'PT0S', nBest: [] },
    ];
    expect(summary({ source: 's', timestamp: '2026-01-01T00:00:00Z', recognizedPhrases })).toEqual({
      sourceFormat: 'azure_speech',
      language: 'en-US',
      recordedAt: null,
      dropped: { emptyCues: 1, repeats: 0 },
      lines: ['60070-61660 Speaker 1: Hello 21. [60070,61000]', '3723000-3725000 Speaker 1: so'],
    });
  });

  test('fast transcription: milliseconds, channels', () => {
    const phrase = (channel: number, text: string) => ({
      ...{ channel, offsetMilliseconds: 960, durationMilliseconds: 640, text, locale: 'de-DE', confidence: 0.9 },
      words: text.split(' ').map((each, i) => ({ text: each, offsetMilliseconds: 960 + i, durationMilliseconds: 1 })),
    });
    const phrases = [phrase(0, 'Guten Tag.'), phrase(1, 'Hallo.')];
    expect(summary({ durationMilliseconds: 9, combinedPhrases: [], phrases })).toMatchObject({
      language: 'de-DE',
      lines: ['960-1600 Channel 1: Guten Tag. [960,961]', '960-1600 Channel 2: Hallo. [960]'],
    });
    expect(linesOf({ combinedPhrases: [], phrases: [{ offset: 5, duration: 6, text: 'Ja.', speaker: 2 }] })).toEqual([
      '5-11 Speaker 2: Ja.',
    ]);
  });

  test('a phrase without times is refused', () => {
    expect(refusal({ combinedPhrases: [], phrases: [{ text: 'Lost?' }] })).toBe('400 phrases.0.offset: is required');
  });
});

describe('Speechmatics', () => {
  const word = (content: string, start_time: number, more = {}) => ({
    ...{ type: 'word', start_time, end_time: start_time + 0.3 },
    alternatives: [{ content, confidence: 1, language: 'en', speaker: 'S1', ...more }],
  });
  const sign = (content: string, attaches_to: string | undefined, time: number) => ({
    ...{ type: 'punctuation', attaches_to, is_eos: true, start_time: time, end_time: time },
    alternatives: [{ content, confidence: 1 }],
  });
  const file = (results: object[], metadata = {}) => ({ format: '2.9', job: { created_at: 'x' }, metadata, results });

  test('words, punctuation before and behind them, speakers', () => {
    const results = [
      ...[sign('¿', 'next', 0.1), word('Listo', 0.1), sign('?', undefined, 0.4), word('well', 0.5)],
      ...[sign('-', 'both', 0.8), word('known', 0.8), { type: 'speaker_change' }, word('Who', 1.2, { speaker: 'UU' })],
    ];
    expect(summary(file(results, { transcription_config: { language: 'es' } }))).toEqual({
      sourceFormat: 'speechmatics',
      language: 'es',
      recordedAt: null,
      dropped: NONE,
      lines: ['100-1100 S1: ¿Listo? well-known [100,500]', '1200-1500 ?: Who [1200]'],
    });
  });

  test('a language without spaces', () => {
    const metadata = {
      transcription_config: { language: 'auto' },
      language_identification: { predicted_language: 'ja' },
      language_pack_info: { word_delimiter: '' },
    };
    expect(summary(file([word('会議', 0), word('です', 0.3), sign('。', 'previous', 0.6)], metadata))).toMatchObject({
      language: 'ja',
      lines: ['0-600 S1: 会議です。 [0]'],
    });
  });
});

describe('Rev', () => {
  test('monologues of Rev AI: punctuation has its own spaces', () => {
    const text = (value: string, ts: number) => ({ type: 'text', value, ts, end_ts: ts + 0.4, confidence: 0.9 });
    const punct = (value: string) => ({ type: 'punct', value });
    const elements = [
      ...[text('Twenty', 0.5), punct('-'), text('one', 0.9), punct(', '), text('please', 1.4), punct('.'), punct(' ')],
      ...[{ type: 'unknown', value: '<laugh>' }, punct(' '), text('Bye', 2), text('now', 2.5), punct('.')],
    ];
    expect(
      summary({
        monologues: [
          { speaker: 0, elements },
          { speaker: 1, elements: [text('Bye.', 3)] },
        ],
      }),
    ).toEqual({
      sourceFormat: 'rev',
      language: null,
      recordedAt: null,
      dropped: NONE,
      lines: [
        '500-2900 Speaker 0: Twenty-one, please. <laugh> Bye now. [500,1400,1800,2000,2500]',
        '3000-3400 Speaker 1: Bye. [3000]',
      ],
    });
  });

  test('a sound without times stands where the next word does, or the last one ended', () => {
    const sound = { type: 'unknown', value: '<laugh>' };
    const text = { type: 'text', value: 'Yes', ts: 9, end_ts: 9.5 };
    const monologues = [
      { speaker: 0, elements: [sound, text] },
      { speaker: 1, elements: [sound] },
    ];
    expect(linesOf({ monologues })).toEqual([
      '9000-9500 Speaker 0: <laugh> Yes [9000,9000]',
      '9500-9500 Speaker 1: <laugh> [9500]',
    ]);
  });

  test('of Rev, with names, clocks and tags', () => {
    const elements = [
      { type: 'text', value: "Hi, my name's Ana ", timestamp: '00:00:01,650', end_timestamp: '00:00:03,000' },
      { type: 'tag', name: 'inaudible' },
    ];
    expect(linesOf({ speakers: [{ id: 0, name: 'Ana' }], monologues: [{ speaker: 0, elements }] })).toEqual([
      "1650-3000 Ana: Hi, my name's Ana [inaudible]",
    ]);
  });
});

test.each<[string, object, string]>([
  ['a monologue of Rev', { monologues: [{ speaker: 0, text: 'Lost?' }] }, '400 monologues.0.elements: is required'],
  [
    'a speaker of Rev who is an object',
    { monologues: [{ speaker: {}, elements: [] }] },
    '400 monologues.0.speaker: must be a name or a number',
  ],
])('%s without what is read of it is refused', (_, body, expected) => {
  expect(refusal(body)).toBe(expected);
});

describe('ElevenLabs', () => {
  const word = (text: string, start: number | null, more = {}) => ({
    ...{ text, start, end: start === null ? null : start + 0.4, type: 'word', speaker_id: 'speaker_0', logprob: -0.1 },
    ...more,
  });
  const space = { text: ' ', start: 0, end: 0, type: 'spacing', speaker_id: 'speaker_0' };

  test('words, sounds, a word without times, a change of speaker', () => {
    const words = [
      ...[word('Well', 0.1), word(',', null), space, word('(laughter)', 0.6, { type: 'audio_event' }), space],
      ...[word('yes.', null), space, word('No.', 1.2, { speaker_id: 'speaker_1' })],
    ];
    expect(summary({ language_code: 'eng', language_probability: 0.9, text: 'x', words })).toEqual({
      sourceFormat: 'elevenlabs',
      language: 'eng',
      recordedAt: null,
      dropped: NONE,
      lines: ['100-1000 speaker_0: Well, (laughter) yes. [100,600,1000]', '1200-1600 speaker_1: No. [1200]'],
    });
  });

  test('several channels; a language without spaces', () => {
    const transcript = (language_code: string, ...words: object[]) => ({ language_code, text: 'x', words });
    const transcripts = [
      transcript('eng', word('Hi', 0, { speaker_id: null }), word('all', 0.5, { speaker_id: null })),
      transcript('jpn', word('は', 0, { speaker_id: null }), word('い', 0.4, { speaker_id: null })),
    ];
    expect(linesOf({ transcripts, transcription_id: 't' })).toEqual([
      '0-900 Channel 1: Hi all [0,500]',
      '0-800 Channel 2: はい [0]',
    ]);
  });
});

test('Gladia: utterances of a result and of a callback', () => {
  const utterance = { start: 0.1, end: 1.2, confidence: 0.9, language: 'en', channel: 0, speaker: 0, text: ' Hi all.' };
  const words = [
    { word: 'Hi', start: 0.1, end: 0.4, confidence: 0.9 },
    { word: ' all.', start: 0.5, end: 1.2, confidence: 0.9 },
  ];
  const transcription = { full_transcript: 'Hi all.', languages: ['en'], utterances: [{ ...utterance, words }] };
  const right = {
    sourceFormat: 'gladia',
    language: 'en',
    recordedAt: null,
    dropped: NONE,
    lines: ['100-1200 Speaker 0: Hi all. [100,500]'],
  };
  expect(summary({ id: 'x', created_at: '2026-01-01T00:00:00Z', result: { metadata: {}, transcription } })).toEqual(
    right,
  );
  expect(summary({ event: 'transcription.success', payload: { transcription } })).toEqual(right);
  expect(summary({ transcription })).toEqual(right);
});
