import type { Filters } from '../../ask/retrieval.ts';
import type { TranscriptionId } from '../../shared/ids.ts';
import type { ScopeRecording } from '../question/scope-recording.ts';

/** A recording of a library or a selection, as far as it is known without reading its transcript. */
export interface LibraryRecording extends ScopeRecording {
  durationMs: number | null;
  /** Null while it has no completed transcription. */
  transcript: { id: TranscriptionId; tokens: number; passages: number } | null;
  metadata: Record<string, unknown>;
}

/** Whether the filters leave a recording. Those of speakers leave the recordings in which one of them speaks. */
export function isLeftBy(filters: Filters, recording: LibraryRecording): boolean {
  const { recordedAfter, recordedBefore, recordingIds, speakers, metadata } = filters;
  const { recordedAt } = recording;
  if (recordedAfter !== undefined && (recordedAt === null || recordedAt < recordedAfter)) return false;
  if (recordedBefore !== undefined && (recordedAt === null || recordedAt >= recordedBefore)) return false;
  if (recordingIds !== undefined && !recordingIds.includes(recording.id)) return false;
  if (speakers !== undefined && !recording.speakers.some(speaksAs(speakers))) return false;
  return Object.entries(metadata ?? {}).every(([key, value]) => recording.metadata[key] === value);
}

/** Whether a name is one of these, in any case. */
export function speaksAs(names: readonly string[]): (speaker: string | null) => boolean {
  const wanted = new Set(names.map((name) => name.trim().toLowerCase()));
  return (speaker) => speaker !== null && wanted.has(speaker.trim().toLowerCase());
}
