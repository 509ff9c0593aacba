import type { TranscriptionId } from '../shared/ids.ts';
import type { RecordingStatus, TranscriptOutline } from './recording.ts';

/** One import of a recording, as the stores tell of it. */
export interface ImportState {
  transcriptionId: TranscriptionId;
  /** Place in the order in which the recording's imports were accepted, from 1; 0 for one from before there was an order. */
  place: number;
  status: 'processing' | 'completed' | 'failed';
  /** Whether nothing of its words is left to remove. */
  retired: boolean;
  durationMs: number;
  /** Null where nothing was counted. */
  outline: TranscriptOutline | null;
  createdAt: string;
}

/** What a recording says of its imports. */
export interface RecordingState {
  status: RecordingStatus;
  transcriptionId: TranscriptionId;
  durationMs?: number;
  outline?: TranscriptOutline | null;
}

/** The import that readers see: of those that completed the one that was accepted last. No clock decides. */
export function servingImport(imports: readonly ImportState[]): ImportState | null {
  return inOrder(imports.filter(({ status }) => status === 'completed')).at(-1) ?? null;
}

/** What follows for the recording; null while no import was accepted. */
export function recordingState(imports: readonly ImportState[]): RecordingState | null {
  const serving = servingImport(imports);
  const processing = inOrder(imports.filter(({ status }) => status === 'processing'));
  const named = serving ?? processing[0] ?? inOrder(imports).at(-1);
  if (named === undefined) return null;
  return {
    status: processing.length > 0 ? 'processing' : named.status,
    transcriptionId: named.transcriptionId,
    ...(serving && { durationMs: serving.durationMs, outline: serving.outline }),
  };
}

/** Completed imports that the recording, as it was read back, does not name, and whose words are still to be removed. */
export function outdatedImports(imports: readonly ImportState[], named: TranscriptionId | null): TranscriptionId[] {
  return imports
    .filter(({ status, retired, transcriptionId }) => status === 'completed' && !retired && transcriptionId !== named)
    .map(({ transcriptionId }) => transcriptionId);
}

function inOrder(imports: readonly ImportState[]): ImportState[] {
  return imports.toSorted((a, b) => a.place - b.place || a.createdAt.localeCompare(b.createdAt));
}
