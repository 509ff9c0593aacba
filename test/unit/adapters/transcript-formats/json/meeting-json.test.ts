import { summary, told } from '../read.ts';

const NONE = { emptyCues: 0, repeats: 0 };

test('Teams: entries as Stream keeps them', () => {
  const entry = {
    ...{ id: '1', text: 'Hello.', rawText: null, speakerId: 'a@b', speakerDisplayName: 'Ana López', confidence: 0 },
    ...{ startOffset: '00:00:03.7167320', endOffset: '01:00:05.5567320', spokenLanguageTag: 'en-us' },
  };
  const entries = [entry, { ...entry, text: '' }, { ...entry, speakerDisplayName: '' }];
  expect(summary({ $schema: 's', version: '1.0.0', type: 'Transcript', entries, events: [] })).toEqual({
    sourceFormat: 'teams',
    language: 'en-us',
    recordedAt: null,
    dropped: { emptyCues: 1, repeats: 0 },
    lines: ['3717-3605557 Ana López: Hello.', '3717-3605557 ?: Hello.'],
  });
});

test('Google Meet: times of the day count from the first entry, which dates the meeting', () => {
  const entry = (text: string, startTime: string, endTime: string, participant: string) => ({
    ...{ name: 'conferenceRecords/c/transcripts/t/entries/e', languageCode: 'en-US', text, startTime, endTime },
    participant: `conferenceRecords/c/participants/${participant}`,
  });
  const transcriptEntries = [
    entry('Second', '2026-09-12T14:00:02Z', '2026-09-12T14:00:03Z', '102'),
    entry('First', '2026-09-12T14:00:00.500Z', '2026-09-12T14:00:01.750500Z', '101'),
  ];
  expect(summary({ transcriptEntries, nextPageToken: 'x' })).toEqual({
    sourceFormat: 'google_meet',
    language: 'en-US',
    recordedAt: '2026-09-12T14:00:00.500Z',
    dropped: NONE,
    lines: ['1500-2500 102: Second', '0-1250 101: First'],
  });
});

test('Webex: snippets', () => {
  const snippet = { id: '1', text: 'Hi.', offsetMillisecond: 150, durationMillisecond: 900, personEmail: 'a@b.org' };
  expect(summary({ items: [{ ...snippet, personName: 'Ana' }, snippet] })).toMatchObject({
    sourceFormat: 'webex',
    lines: ['150-1050 Ana: Hi.', '150-1050 a@b.org: Hi.'],
  });
});

test('tl;dv: lines', () => {
  const data = [
    { speaker: 'Ana', text: 'Hi.', startTime: 1.5, endTime: 2 },
    { speaker: null, text: 'Hello.', startTime: '00:01:05', endTime: 70 },
  ];
  expect(summary({ id: 'x', meetingId: 'm', data })).toMatchObject({
    sourceFormat: 'tldv',
    lines: ['1500-2000 Ana: Hi.', '65000-70000 ?: Hello.'],
  });
});

describe('Recall.ai', () => {
  test('words of participants, and the date of the recording', () => {
    const at = (seconds: number) => ({
      relative: seconds,
      absolute: new Date(Date.UTC(2026, 8, 12, 14, 0, 0) + seconds * 1000).toISOString(),
    });
    const words = (...all: string[]) =>
      all.map((text, i) => ({ text, start_timestamp: at(i + 2), end_timestamp: at(i + 2.5) }));
    const turns = [
      { participant: { id: 1, name: 'Ana', is_host: true }, language_code: 'en', words: words('Hi', 'all.') },
      { participant: { id: 2, name: null }, words: words('Hello.') },
    ];
    expect(summary(turns)).toEqual({
      sourceFormat: 'recall',
      language: 'en',
      recordedAt: '2026-09-12T14:00:00.000Z',
      dropped: NONE,
      lines: ['2000-3500 Ana: Hi all. [2000,3000]', '2000-2500 ?: Hello. [2000]'],
    });
  });

  test('the older form', () => {
    const words = [{ text: 'Hi', start_timestamp: 1.5, end_timestamp: 2, confidence: 1 }];
    expect(summary([{ speaker: 'Ana', speaker_id: 1, language: null, words }])).toMatchObject({
      recordedAt: null,
      lines: ['1500-2000 Ana: Hi [1500]'],
    });
  });
});

test('Recall.ai: a turn without words is refused', () => {
  const words = [{ text: 'Hi', start_timestamp: 1 }];
  expect(
    told(
      'json',
      JSON.stringify([
        { speaker: 'Ana', words },
        { speaker: 'Ben', text: 'Lost?' },
      ]),
    ),
  ).toEqual(['400 1.words: is required']);
});

test('Fireflies: names of speakers who are numbers in the sentences', () => {
  const sentence = { index: 0, text: 'Hi.', start_time: 0, end_time: 1, speaker_id: 0 };
  const transcript = { speakers: [{ id: 0, name: 'Ana' }], sentences: [sentence, { ...sentence, speaker_id: 1 }] };
  expect(summary({ data: { transcript } }).lines).toEqual(['0-1000 Ana: Hi.', '0-1000 Speaker 1: Hi.']);
});
