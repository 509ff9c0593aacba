import type { Mode, Owned } from '../access/tenant.ts';
import type { EndUserId, ProjectId, RecordingId, TranscriptionId } from '../shared/ids.ts';

export type Metadata = Record<string, unknown>;

export interface EndUser {
  id: EndUserId;
  projectId: ProjectId;
  mode: Mode;
  /** The client's own id, unique within project and mode. */
  externalId: string | null;
  name: string | null;
  metadata: Metadata;
  createdAt: string;
}

/** In milliseconds; null unless both ends are known. */
export function durationBetween(startedAt: string | null, endedAt: string | null): number | null {
  return startedAt === null || endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt);
}

export const RECORDING_STATUSES = ['pending', 'uploaded', 'processing', 'completed', 'failed'] as const;
export type RecordingStatus = (typeof RECORDING_STATUSES)[number];

/** How many tokens and chunks a transcript has as a prompt shows it, and who speaks, most words first. */
export interface TranscriptOutline {
  tokens: number;
  passages: number;
  speakers: string[];
}

export interface Recording extends Owned {
  id: RecordingId;
  /** The client's own id, unique within the end user. */
  externalId: string | null;
  deviceId: string | null;
  name: string | null;
  status: RecordingStatus;
  durationMs: number | null;
  startedAt: string | null;
  endedAt: string | null;
  /** The transcription that readers see: the newest completed one, or the first while it is processing. */
  transcriptionId: TranscriptionId | null;
  /** What a prompt needs to know of that transcription without reading it; null where it has to be looked up. */
  outline: TranscriptOutline | null;
  metadata: Metadata;
  createdAt: string;
}
