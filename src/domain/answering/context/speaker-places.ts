import type { Understood } from '../../ask/retrieval.ts';
import type { RecordingId } from '../../shared/ids.ts';
import type { SpeakerPlace, UnderstoodReference } from '../context-reference.ts';
import type { LibraryRecording } from './library-recording.ts';

type Speaking = Pick<LibraryRecording, 'id' | 'speakers' | 'transcript'>;

/** Puts places for the names of speakers. A name of no completed transcript is left out. */
export function withPlaces(understood: readonly Understood[], recordings: readonly Speaking[]): UnderstoodReference[] {
  return exchange(understood, (name) => placeOf(name, recordings));
}

/** Puts the names that stand at the places. What names only speakers of transcripts that are gone is left out. */
export function withNames(understood: readonly UnderstoodReference[], recordings: readonly Speaking[]): Understood[] {
  return exchange(understood, ({ transcriptionId, place }: SpeakerPlace) => {
    return recordings.find(({ transcript }) => transcript?.id === transcriptionId)?.speakers[place] ?? null;
  });
}

/** The recordings that these names are read from. */
export function recordingsOfNames(understood: readonly UnderstoodReference[]): RecordingId[] {
  const places = understood.flatMap(({ speakers = [] }) => speakers);
  return [...new Set(places.flatMap(({ recordingId }) => recordingId ?? []))];
}

function placeOf(name: string, recordings: readonly Speaking[]): SpeakerPlace | null {
  for (const { id: recordingId, speakers, transcript } of recordings) {
    const place = speakers.indexOf(name);
    if (transcript !== null && place >= 0) return { recordingId, transcriptionId: transcript.id, place };
  }
  return null;
}

function exchange<A, B>(
  understood: readonly (Omit<Understood, 'speakers'> & { speakers?: A[] })[],
  other: (speaker: A) => B | null,
): (Omit<Understood, 'speakers'> & { speakers?: B[] })[] {
  return understood.flatMap(({ speakers, ...rest }) => {
    if (speakers === undefined) return [rest];
    const others = speakers.map(other).filter((each) => each !== null);
    return others.length === 0 ? [] : [{ ...rest, speakers: others }];
  });
}
