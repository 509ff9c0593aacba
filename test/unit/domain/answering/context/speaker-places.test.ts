import { expect, test } from '@jest/globals';
import {
  recordingsOfNames,
  withNames,
  withPlaces,
} from '../../../../../src/domain/answering/context/speaker-places.ts';

const speaking = (id: string, ...speakers: string[]) => ({
  id: `rec_${id}` as const,
  speakers,
  transcript: { id: `txn_${id}` as const, tokens: 1, passages: 1 },
});
const RECORDINGS = [speaking('kickoff', 'Ben'), speaking('design', 'Ben', 'Ana Kovács')];
const WINDOW = { text: 'in May', recordedAfter: '2026-05-01T00:00:00.000Z' };
const ANA = { text: 'Ana', speakers: ['Ana Kovács'] };
const BOTH = { text: 'Ben', speakers: ['Ben', 'Ana Kovács'] };

test('names of speakers become places, and what has none stays as it is', () => {
  expect(withPlaces([WINDOW, ANA], RECORDINGS)).toEqual([
    WINDOW,
    { text: 'Ana', speakers: [{ recordingId: 'rec_design', transcriptionId: 'txn_design', place: 1 }] },
  ]);
});

test('places become the names again', () => {
  expect(withNames(withPlaces([WINDOW, ANA, BOTH], RECORDINGS), RECORDINGS)).toEqual([WINDOW, ANA, BOTH]);
});

test('a name goes with its transcript, and what named it alone goes too', () => {
  const places = withPlaces([ANA, BOTH], RECORDINGS);
  const left = [speaking('kickoff', 'Ben'), speaking('replacement', 'Zoe', 'Yan')];
  expect(withNames(places, left)).toEqual([{ text: 'Ben', speakers: ['Ben'] }]);
});

test('a speaker of a transcript that is not completed has no place', () => {
  expect(withPlaces([ANA], [{ id: 'rec_design', speakers: ['Ana Kovács'], transcript: null }])).toEqual([]);
});

test('names are told by the recordings that they are read from', () => {
  expect(recordingsOfNames(withPlaces([WINDOW, ANA, BOTH], RECORDINGS))).toEqual(['rec_design', 'rec_kickoff']);
});
