import type { ProjectId, TranscriptionId } from '../../domain/shared/ids.ts';
import type { EndUserTenant } from './passage-retriever.ts';

/** A transcription whose passages an index holds, or will hold in a moment. */
export interface IndexedTranscription {
  tenant: EndUserTenant;
  transcriptionId: TranscriptionId;
  status: 'processing' | 'completed';
  /** Null where it was not cut yet, or was cut by 0.1.0. */
  chunkCount: number | null;
}

/** What stands in the index, by the database. For operators' work over every tenant. */
export interface IndexedTranscripts {
  /** Some of them, in the order of their ids, of one project or of all. Failed and replaced ones are left out. */
  list(
    projectId: ProjectId | null,
    start: { id: TranscriptionId; inclusive: boolean } | null,
    limit: number,
  ): Promise<IndexedTranscription[]>;
  /** How many were cut by 0.1.0: their passages keep neither the speaker nor the end of each line. */
  countOld(): Promise<number>;
}
