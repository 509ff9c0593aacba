import { describe, expect, test } from '@jest/globals';
import type { ScopeRecording } from '../../../../../src/domain/answering/question/scope-recording.ts';
import { liesIn, understandQuestion } from '../../../../../src/domain/answering/question/understand-question.ts';

const NOW = '2026-02-18T12:00:00Z';
const RECORDINGS = [
  recording('undated', null, null, 'Dora'),
  recording('detailed', 'Detailed design review', '2026-02-10T09:00:00.000Z', 'Project Manager', 'Marketing'),
  recording('kickoff', 'Kick-off', '2026-01-05T09:00:00.000Z', 'Ana Lopez', 'Ben'),
  recording('conceptual', 'Conceptual design', '2026-01-19T09:00:00.000Z', 'Ana Lopez', 'Will Smith'),
  recording('functional', 'Functional design', '2026-01-12T09:00:00.000Z', 'Ana Lopez', 'Mark'),
];

describe('meetings by their place in time', () => {
  test.each([
    ['What was decided in the most recent meeting?', 'most recent meeting: detailed'],
    ['What was said in the first meeting?', 'first meeting: kickoff'],
    ['Compare the first and last meetings.', 'first and last meetings: kickoff detailed'],
    ['Summarise the last two meetings.', 'last two meetings: conceptual detailed'],
    ['What happened in the second meeting?', 'second meeting: functional'],
    ['And in the meeting before last?', 'meeting before last: conceptual'],
    ['Who spoke in the penultimate call?', 'penultimate call: conceptual'],
    ['What did we decide last time?', 'last time: detailed'],
    ['What did they say in meeting 3?', 'meeting 3: conceptual'],
    ['What came up in the last conceptual meeting?', 'last conceptual meeting: conceptual'],
    ['Was wurde in der letzten Besprechung beschlossen?', 'letzten Besprechung: detailed'],
    ['Worum ging es in der ersten Sitzung?', 'ersten Sitzung: kickoff'],
    ['Was geschah in den letzten zwei Besprechungen?', 'letzten zwei Besprechungen: conceptual detailed'],
    ['Quelle décision lors de la dernière réunion ?', 'dernière réunion: detailed'],
    ['Résume les deux dernières réunions.', 'deux dernières réunions: conceptual detailed'],
    ['Et la réunion la plus récente ?', 'réunion la plus récente: detailed'],
    ['¿Qué se decidió en la última reunión?', 'última reunión: detailed'],
    ['¿Y en la penúltima reunión?', 'penúltima reunión: conceptual'],
    ['¿Qué pasó en la reunión más reciente?', 'reunión más reciente: detailed'],
    ['Was the remote discussed at first?', ''],
    ['What was the last thing said in the meeting?', ''],
  ])('%s', (question, read) => expect(named(question)).toBe(read));

  test('are counted within the window that the question names', () => {
    expect(named('What was said in the last meeting of last month?')).toBe('last meeting: conceptual');
  });

  test('undated ones are counted only where none has a date', () => {
    const undated = [recording('b', null, null), recording('a', null, null)];
    expect(named('the first meeting', undated)).toBe('first meeting: a');
  });
});

describe('meetings by their title', () => {
  test.each([
    ['What did they decide in the kick-off?', 'kick-off: kickoff'],
    ['What did the functional design meeting say about buttons?', 'functional design: functional'],
    ['What was found in the detailed review of the design?', 'detailed review: detailed'],
    ['What about the design?', ''],
  ])('%s', (question, read) => expect(named(question)).toBe(read));

  test('a longer title is not the shorter one that it begins with', () => {
    const two = [recording('one', 'Design review', null), recording('two', 'Design review 2', null)];
    expect(named('What came of design review 2?', two)).toBe('design review 2: two');
  });

  test('a date inside a title is a part of the title', () => {
    const dated = [recording('march', 'Budget March 2026', null)];
    const { understood } = understandQuestion('What is in Budget March 2026?', { ...at('UTC'), recordings: dated });
    expect(understood).toEqual([{ text: 'Budget March 2026', recordingIds: ['rec_march'] }]);
  });
});

describe('speakers', () => {
  test.each([
    ['What did Ana think?', 'Ana: Ana Lopez'],
    ['What did the project manager propose?', 'project manager: Project Manager'],
    ['Did Mark agree?', 'Mark: Mark'],
    ['Was hat Ana Lopez gesagt?', 'Ana Lopez: Ana Lopez'],
    ["Qu'a dit Dora ?", 'Dora: Dora'],
    ['what will they ship?', ''],
  ])('%s', (question, read) => {
    const { understood } = understandQuestion(question, { ...at('UTC'), recordings: RECORDINGS });
    expect(understood.map(({ text, speakers }) => `${text}: ${speakers?.join(' ')}`).join('; ')).toBe(read);
  });

  test.each([
    ['What did Bob say about it?', ['Bob']],
    ['According to Zoe Miller, is it late?', ['Zoe Miller']],
    ['What did Ana say?', []],
    ['What did they say about Paris?', []],
  ])('who is asked for and does not speak: %s', (question, names) => {
    const { unknownSpeakers } = understandQuestion(question, { ...at('UTC'), recordings: RECORDINGS });
    expect(unknownSpeakers).toEqual(names);
  });
});

describe('people whose names are words, months or days', () => {
  const NAMES = ['April', 'May Chen', 'Will', 'Mark', 'Art', 'Bill', 'June', 'Rich', 'Hope', 'Sunday Okoye'];
  const recordings = [recording('talk', 'Talk', '2026-02-10T09:00:00.000Z', ...NAMES)];

  test.each([
    ['What did April say?', 'April: April'],
    ['Did April and June agree?', 'April: April; June: June'],
    ['What did April say in April?', 'April: April; April: window'],
    ['What did May think of it?', 'May: May Chen'],
    ['May we ship in May?', 'May: window'],
    ['What did Will and Bill want?', 'Bill: Bill; Will: Will'],
    ['Will the bill mark the end?', ''],
    ['What is the hope for modern art?', ''],
    ['Was Art rich enough for Rich?', 'Art: Art; Rich: Rich'],
    ['What did Sunday say on Sunday?', 'Sunday: Sunday Okoye; Sunday: window'],
  ])('%s', (question, read) => {
    const { understood } = understandQuestion(question, { ...at('UTC'), recordings });
    const told = understood.map(({ text, speakers }) => `${text}: ${speakers?.join(' ') ?? 'window'}`);
    expect(told.sort().join('; ')).toBe(read);
  });
});

describe('days over midnight and over a change of the clocks', () => {
  test.each([
    ['today', '2026-03-28T23:30:00Z', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    [
      'yesterday',
      '2026-03-30T05:30:00Z',
      'America/Los_Angeles',
      '2026-03-28T07:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
    ],
    ['last week', '2026-03-29T22:30:00Z', 'Europe/Berlin', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['gestern', '2026-01-01T10:30:00Z', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z', '2026-01-01T10:00:00.000Z'],
  ])('%s at %s in %s', (text, now, timezone, recordedAfter, recordedBefore) => {
    const { understood } = understandQuestion(`What was said ${text}?`, { now, timezone, recordings: [] });
    expect(understood).toEqual([{ text, recordedAfter, recordedBefore }]);
  });
});

test('a window begins and ends with days of the zone', () => {
  const { understood } = understandQuestion('What was said yesterday?', { ...at('Europe/Berlin'), recordings: [] });
  expect(understood).toEqual([
    {
      text: 'yesterday',
      recordedAfter: '2026-02-16T23:00:00.000Z',
      recordedBefore: '2026-02-17T23:00:00.000Z',
    },
  ]);
});

test('a recording without a date lies in no window', () => {
  expect(liesIn({ recordedAt: null }, {})).toBe(false);
  expect(liesIn({ recordedAt: '2026-02-17T23:00:00.000Z' }, { recordedBefore: '2026-02-17T23:00:00.000Z' })).toBe(
    false,
  );
});

function named(question: string, recordings = RECORDINGS): string {
  const { understood } = understandQuestion(question, { ...at('UTC'), recordings });
  return understood
    .flatMap(({ text, recordingIds }) =>
      recordingIds ? [`${text}: ${recordingIds.join(' ').replaceAll('rec_', '')}`] : [],
    )
    .join('; ');
}

function at(timezone: string) {
  return { now: NOW, timezone };
}

function recording(
  name: string,
  title: string | null,
  recordedAt: string | null,
  ...speakers: string[]
): ScopeRecording {
  return { id: `rec_${name}`, title, recordedAt, speakers };
}
