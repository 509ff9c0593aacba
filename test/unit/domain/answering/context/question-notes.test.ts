import { describe, expect, test } from '@jest/globals';
import { catalogueLines } from '../../../../../src/domain/answering/context/catalogue.ts';
import { isLeftBy, type LibraryRecording } from '../../../../../src/domain/answering/context/library-recording.ts';
import { type Asked, questionNotes } from '../../../../../src/domain/answering/context/question-notes.ts';

const RECORDINGS = [
  recording('kickoff', 'Kick-off', '2026-01-05T23:30:00.000Z', ['Ana', 'Ben']),
  recording('design', 'Design', '2026-01-12T09:00:00.000Z', ['Ana']),
  recording('undated', null, null, []),
];
const asked: Asked = {
  now: '2026-02-18T12:00:00.000Z',
  timezone: 'Europe/Berlin',
  responseLanguage: null,
  filters: {},
  understood: [],
  unknownSpeakers: [],
};

describe('the list of recordings', () => {
  const about = {
    extentOf: () => 'part' as const,
    named: new Set<LibraryRecording['id']>(),
    timezone: 'Europe/Berlin',
  };
  const length = (text: string) => text.length;

  test('has title, day in the asker’s zone, length, speakers and how much is shown', () => {
    expect(catalogueLines(RECORDINGS, about, 10_000, length)).toEqual([
      '1. Kick-off · Tuesday 6 January 2026 · 30 min · Ana, Ben · shown in part',
      '2. Design · Monday 12 January 2026 · 30 min · Ana · shown in part',
      '3. Untitled recording · no date · 30 min · shown in part',
    ]);
  });

  test('has the named and the shown first where it is too long, and counts the rest', () => {
    const many = Array.from({ length: 300 }, (_, i) => recording(`r${i}`, `Meeting ${i}`, null, []));
    const extentOf = (id: string) => (id === 'rec_r250' ? ('whole' as const) : ('none' as const));
    const lines = catalogueLines(many, { ...about, extentOf, named: new Set(['rec_r299']) }, 1_000_000, length);
    expect(lines).toHaveLength(101);
    expect(lines.slice(-3)).toEqual([
      '251. Meeting 250 · no date · 30 min · shown whole',
      '300. Meeting 299 · no date · 30 min · not shown',
      '200 more recordings are in scope and not listed.',
    ]);
  });

  test('stays within its budget', () => {
    const lines = catalogueLines(RECORDINGS, about, 100, length);
    expect(lines).toEqual([expect.stringContaining('Kick-off'), '2 more recordings are in scope and not listed.']);
  });
});

describe('what stands beside a question', () => {
  test('is the day in the asker’s zone, and the language', () => {
    expect(questionNotes({ ...asked, responseLanguage: 'pt-BR' }, RECORDINGS, RECORDINGS)).toBe(
      'Today is Wednesday 18 February 2026 (Europe/Berlin).\nAnswer in Brazilian Portuguese (pt-BR).',
    );
  });

  test('is what its words were taken to mean', () => {
    const understood = [
      { text: 'January', recordedAfter: '2025-12-31T23:00:00.000Z', recordedBefore: '2026-01-31T23:00:00.000Z' },
      { text: 'last meeting', recordingIds: ['rec_design' as const] },
    ];
    const notes = questionNotes({ ...asked, understood, unknownSpeakers: ['Bob'] }, RECORDINGS, RECORDINGS);
    expect(notes.split('\n').slice(1)).toEqual([
      '“January” is taken to mean Thursday 1 January 2026 to Saturday 31 January 2026: “Kick-off”, “Design”.',
      '“last meeting” is taken to mean “Design”.',
      'Nobody called Bob speaks in these recordings.',
    ]);
  });

  test('is nothing of words whose speakers were erased', () => {
    expect(questionNotes({ ...asked, understood: [{ text: 'Ana' }] }, RECORDINGS, RECORDINGS)).not.toContain('Ana');
  });

  test('of an empty window is what lies outside it', () => {
    const understood = [
      { text: '8 January', recordedAfter: '2026-01-07T23:00:00.000Z', recordedBefore: '2026-01-08T23:00:00.000Z' },
    ];
    expect(questionNotes({ ...asked, understood }, RECORDINGS, RECORDINGS)).toContain(
      'No recording was made then. Recordings outside it: 1 earlier, the nearest on Tuesday 6 January 2026 (Kick-off); 1 later, the nearest on Monday 12 January 2026 (Design).',
    );
  });

  test('of filters that leave nothing is why', () => {
    expect(questionNotes({ ...asked, filters: { speakers: ['Zoe'] } }, RECORDINGS, [])).toContain(
      "The asker's filters leave no recording: nobody of Zoe speaks in them.",
    );
  });
});

describe('filters leave', () => {
  test.each([
    [{}, 'kickoff design undated'],
    [{ recordedAfter: '2026-01-12T09:00:00.000Z' }, 'design'],
    [{ recordedBefore: '2026-01-12T09:00:00.000Z' }, 'kickoff'],
    [{ recordingIds: ['rec_undated' as const] }, 'undated'],
    [{ speakers: ['ana'] }, 'kickoff design'],
    [{ speakers: ['An'] }, ''],
    [{ metadata: { team: 'kickoff' } }, 'kickoff'],
    [{ metadata: { team: 'kickoff', year: 2026 } }, ''],
  ])('%j', (filters, left) => {
    const found = RECORDINGS.filter((each) => isLeftBy(filters, each)).map(({ id }) => id.slice(4));
    expect(found.join(' ')).toBe(left);
  });
});

function recording(
  name: string,
  title: string | null,
  recordedAt: string | null,
  speakers: string[],
): LibraryRecording {
  const transcript = { id: `txn_${name}` as const, tokens: 100, passages: 1 };
  return {
    id: `rec_${name}`,
    title,
    recordedAt,
    speakers,
    durationMs: 1_800_000,
    metadata: { team: name },
    transcript,
  };
}
