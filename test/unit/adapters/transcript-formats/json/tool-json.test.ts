import { summary, told } from '../read.ts';

const NONE = { emptyCues: 0, repeats: 0 };

/** Of Deepgram. */
const word = (text: string, start: number, speaker?: number) => ({
  word: text.toLowerCase(),
  punctuated_word: text,
  start,
  end: start + 0.3,
  confidence: 0.9,
  ...(speaker === undefined ? {} : { speaker }),
});
const channel = (...words: object[]) => ({
  alternatives: [{ transcript: 'x', confidence: 0.9, words }],
  detected_language: 'en',
});

describe('JSON as tools write it', () => {
  test('Whisper: segments with its own fields, words, an empty segment', () => {
    const segment = {
      id: 0,
      seek: 0,
      start: 0,
      end: 4,
      text: ' Testing it.',
      tokens: [50364],
      temperature: 0,
      avg_logprob: -0.4,
      words: [
        { word: ' Testing', start: 0.1, end: 0.9, probability: 0.9 },
        { word: ' it.', start: 1, end: 1.5, probability: 0.9 },
      ],
    };
    expect(
      summary({
        text: ' Testing it.',
        segments: [segment, { ...segment, start: 4, end: 4, text: '' }],
        language: 'en',
      }),
    ).toEqual({
      sourceFormat: 'whisper',
      language: 'en',
      recordedAt: null,
      dropped: { emptyCues: 1, repeats: 0 },
      lines: ['0-4000 ?: Testing it. [100,1000]'],
    });
  });

  test.each<[string, object, string]>([
    [
      'its API, verbose',
      { task: 'transcribe', duration: 1, text: 'a', segments: [{ start: 0, end: 1, text: 'a' }] },
      '0-1000 ?: a',
    ],
    [
      'its API, asked for words alone',
      {
        ...{ task: 'transcribe', language: 'english', duration: 2, text: 'a b' },
        words: [
          { word: 'a', start: 0, end: 1 },
          { word: 'b', start: 1, end: 2 },
        ],
      },
      '0-2000 ?: a b [0,1000]',
    ],
    [
      'its API, diarized',
      {
        task: 'transcribe',
        segments: [{ type: 'transcript.text.segment', id: 's', start: 0, end: 1, text: 'a', speaker: 'A' }],
      },
      '0-1000 Speaker A: a',
    ],
    [
      'words in a segment, and nothing else of its own',
      { segments: [{ start: 0, end: 1, text: ' a', words: [{ word: ' a', start: 0.2, end: 1 }] }] },
      '0-1000 ?: a [200]',
    ],
    ['a list of segments', [{ id: 0, seek: 0, start: 0, end: 1, text: ' a' }], '0-1000 ?: a'],
    ['chunks of Transformers', { text: ' a b', chunks: [{ timestamp: [1, null], text: ' a b' }] }, '1000-1800 ?: a b'],
    ['a segment alone', { segments: [{ start: 0, end: 1, text: 'a', no_speech_prob: 0.1 }] }, '0-1000 ?: a'],
  ])('Whisper: %s', (_, body, line) => {
    expect(summary(body)).toMatchObject({ sourceFormat: 'whisper', lines: [line] });
  });

  test('WhisperX: aligned words, speakers, words without times', () => {
    const words = [
      { word: 'We', start: 0.03, end: 0.2, score: 0.9, speaker: 'SPEAKER_00' },
      { word: '2.', speaker: 'SPEAKER_00' },
    ];
    const segments = [
      {
        start: 0.031,
        end: 2.9,
        text: ' We start.',
        words: [words[0], { word: 'start.', start: 1, end: 2, score: 0.8 }],
        speaker: 'SPEAKER_01',
      },
      { start: 3, end: 4, text: ' We 2.', words, avg_logprob: -1 },
    ];
    expect(summary({ segments, word_segments: [], language: 'en' })).toEqual({
      sourceFormat: 'whisperx',
      language: 'en',
      recordedAt: null,
      dropped: NONE,
      lines: ['31-2900 SPEAKER_01: We start. [30,1000]', '3000-4000 SPEAKER_00: We 2.'],
    });
  });

  test('whisper.cpp', () => {
    const transcription = [
      { timestamps: {}, offsets: { from: 0, to: 3840 }, text: ' Hallo. [SPEAKER_TURN]', speaker: '0' },
      { offsets: { from: 3840, to: 4000 }, text: '' },
    ];
    expect(summary({ systeminfo: '', result: { language: 'de' }, transcription })).toEqual({
      sourceFormat: 'whisper_cpp',
      language: 'de',
      recordedAt: null,
      dropped: { emptyCues: 1, repeats: 0 },
      lines: ['0-3840 Speaker 0: Hallo.'],
    });
  });

  test('AssemblyAI: utterances, in milliseconds', () => {
    const words = [
      { text: 'Hi', start: 250, end: 300, confidence: 0.9, speaker: 'A' },
      { text: 'all.', start: 310, end: 900, confidence: 0.9, speaker: 'A' },
    ];
    expect(
      summary({
        id: 'x',
        language_code: 'en_us',
        text: 'Hi all.',
        words,
        utterances: [{ speaker: 'A', text: 'Hi all.', start: 250, end: 900, confidence: 0.9, words }],
      }),
    ).toEqual({
      sourceFormat: 'assemblyai',
      language: 'en_us',
      recordedAt: null,
      dropped: NONE,
      lines: ['250-900 Speaker A: Hi all. [250,310]'],
    });
  });

  test.each([null, []])('AssemblyAI: words where utterances are %j, cut at pauses', (utterances) => {
    const words = [
      { text: 'Hi', start: 250, end: 300 },
      { text: 'all.', start: 310, end: 900 },
      { text: 'Later.', start: 9000, end: 9900 },
    ];
    expect(summary({ audio_url: 'u', utterances, words }).lines).toEqual([
      '250-900 ?: Hi all. [250,310]',
      '9000-9900 ?: Later. [9000]',
    ]);
  });

  test('Deepgram: utterances', () => {
    const utterances = [
      {
        start: 0.1,
        end: 1,
        confidence: 0.9,
        channel: 0,
        transcript: 'Hello there.',
        words: [word('Hello', 0.1), word('there.', 0.5)],
        speaker: 0,
        id: '1',
      },
    ];
    expect(
      summary({ metadata: { created: '2026-01-01T00:00:00Z' }, results: { channels: [channel()], utterances } }),
    ).toEqual({
      sourceFormat: 'deepgram',
      language: 'en',
      recordedAt: null,
      dropped: NONE,
      lines: ['100-1000 Speaker 0: Hello there. [100,500]'],
    });
  });

  test('Deepgram: words of one channel cut at changes of speaker, of several named by channel', () => {
    expect(summary({ results: { channels: [channel(word('Hello', 0.1, 0), word('there.', 0.5, 1))] } }).lines).toEqual([
      '100-400 Speaker 0: Hello [100]',
      '500-800 Speaker 1: there. [500]',
    ]);
    expect(summary({ results: { channels: [channel(word('Hello', 0.1)), channel(word('Hi', 0.5))] } }).lines).toEqual([
      '100-400 Channel 1: Hello [100]',
      '500-800 Channel 2: Hi [500]',
    ]);
  });

  test('Deepgram: paragraphs where there are no words', () => {
    const sentences = [
      { text: 'Hello.', start: 0.1, end: 0.4 },
      { text: 'Bye.', start: 0.5, end: 0.9 },
    ];
    const paragraphs = { transcript: 'x', paragraphs: [{ sentences, speaker: 0, start: 0.1, end: 0.9 }] };
    expect(summary({ results: { channels: [{ alternatives: [{ transcript: 'x', paragraphs }] }] } }).lines).toEqual([
      '100-900 Speaker 0: Hello. Bye.',
    ]);
  });

  test('Deepgram: speakers of several channels are several people', () => {
    const utterance = (channel: number, transcript: string) => ({ start: 0, end: 1, channel, speaker: 0, transcript });
    const utterances = [utterance(0, 'Hello'), utterance(1, 'Hi')];
    expect(summary({ results: { channels: [channel(), channel()], utterances } }).lines).toEqual([
      '0-1000 Channel 1, Speaker 0: Hello',
      '0-1000 Channel 2, Speaker 0: Hi',
    ]);
    expect(summary({ results: { channels: [channel(word('Hi', 0, 0)), channel(word('Yo', 0, 0))] } }).lines).toEqual([
      '0-300 Channel 1, Speaker 0: Hi [0]',
      '0-300 Channel 2, Speaker 0: Yo [0]',
    ]);
  });

  const sentences = [
    { index: 0, text: 'Hi.', raw_text: 'hi', start_time: 0.5, end_time: 1.2, speaker_id: 0, speaker_name: 'Ana' },
    { text: 'Yo', start_time: '2', end_time: '3.5', speaker_id: 1, speaker_name: null },
  ];

  test.each<[string, object]>([
    ['a reply', { data: { transcript: { id: '1', date: 1_713_201_000_000, sentences } } }],
    ['its transcript', { title: 't', date: '2024-04-15T17:10:00.000Z', sentences }],
  ])('Fireflies: %s, with the date of the meeting', (_, body) => {
    expect(summary(body)).toEqual({
      sourceFormat: 'fireflies',
      language: null,
      recordedAt: '2024-04-15T17:10:00.000Z',
      dropped: NONE,
      lines: ['500-1200 Ana: Hi.', '2000-3500 Speaker 1: Yo'],
    });
  });

  test('Fireflies: a downloaded list of sentences', () => {
    expect(summary([{ sentence: 'Hi.', startTime: '00:01', endTime: '00:02.5', speaker_name: 'Ana' }])).toMatchObject({
      sourceFormat: 'fireflies',
      lines: ['1000-2500 Ana: Hi.'],
    });
  });
});

describe('what is not clear or not right', () => {
  test.each<[string, unknown, string]>([
    [
      'fields of two tools',
      { results: { channels: [] }, segments: [{ start: 0, end: 1, text: 'a', seek: 0 }] },
      '400 body: may be of several tools: segments.0.seek is of Whisper, results.channels is of Deepgram',
    ],
    [
      'fields of no tool',
      { segments: [{ start: 0, end: 1, text: 'a', colour: 1 }] },
      '400 segments.0.colour: is not a known field',
    ],
    ['results of another service', { results: { hits: [] } }, '400 results: is not a known field'],
    [
      'a bad time',
      {
        text: 'a',
        segments: [
          { start: 0, end: 1, text: 'a' },
          { start: null, end: 1, text: 'b' },
        ],
      },
      '400 segments.1.start: Invalid input',
    ],
    [
      'an end before its start',
      { utterances: [{ start: 9, end: 1, text: 'a', speaker: 'A' }] },
      '400 utterances.0: must not end before it starts',
    ],
    [
      'a channel without times beside one with words',
      { results: { channels: [channel(word('Hi', 0)), { alternatives: [{ transcript: 'Lost?', words: [] }] }] } },
      '400 results.channels.1.alternatives.0: has a transcript without words and paragraphs',
    ],
    ['no time', [{ sentence: 'Hi.', startTime: 'soon' }], '400 0.startTime:'],
    ['no words at all', { text: '', segments: [] }, '400 segments: must not be empty'],
  ])('%s: 400', (_, body, expected) => {
    expect(told('json', JSON.stringify(body))).toEqual([expect.stringContaining(expected)]);
  });
});
