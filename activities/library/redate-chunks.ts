import { AskError } from '../../src/domain/shared/errors.ts';
import type { RecordingId, TranscriptionId } from '../../src/domain/shared/ids.ts';
import type { DateChangeStore } from '../../src/ports/library/date-change-store.ts';
import type { RecordingStore, TranscriptStore } from '../../src/ports/library/library-store.ts';
import type { EndUserTenant } from '../../src/ports/library/passage-retriever.ts';
import { type ChunkRange, type IndexDependencies, indexChunks } from './index-chunks.ts';

export interface RedateDependencies extends IndexDependencies {
  recordings: RecordingStore;
  transcripts: TranscriptStore;
  dateChanges: DateChangeStore;
}

export interface DateChanges {
  /** Changes that will be in the index when all of its transcripts have been written there once more. */
  changeIds: string[];
  transcripts: { transcriptionId: TranscriptionId; chunkCount: number }[];
}

/** What is to be done for the date of a recording; nothing but to forget the changes once the recording is gone. */
export function findDateChanges({ recordings, transcripts, dateChanges }: RedateDependencies) {
  return async (input: { tenant: EndUserTenant; recordingId: RecordingId }): Promise<DateChanges> => {
    const { tenant, recordingId } = input;
    const changeIds = (await dateChanges.list(tenant, recordingId)).map(({ id }) => id);
    if ((await recordings.find(tenant, recordingId)) === null) return { changeIds, transcripts: [] };
    const ids = await transcripts.idsOf(tenant, recordingId);
    const found = await Promise.all(ids.map((id) => transcripts.find(tenant, id)));
    const indexed = found.filter((each) => each?.status === 'processing' || each?.status === 'completed');
    const counted = await Promise.all(
      indexed.flatMap((each) => (each === null ? [] : [countChunks(transcripts, tenant, each.id)])),
    );
    return { changeIds, transcripts: counted };
  };
}

/** Writes chunks to the index again, with the date that their recording has now. What was deleted is left out. */
export function redateChunks(deps: RedateDependencies) {
  return async (range: ChunkRange): Promise<void> => {
    try {
      await indexChunks(deps)(range);
    } catch (error) {
      if (!(error instanceof AskError && error.kind === 'not_found')) throw error;
    }
  };
}

/** From now on the index decides again for these. */
export function endDateChanges({ dateChanges }: RedateDependencies) {
  return ({ tenant, changeIds }: { tenant: EndUserTenant; changeIds: string[] }): Promise<void> =>
    dateChanges.remove(tenant, changeIds);
}

async function countChunks(transcripts: TranscriptStore, tenant: EndUserTenant, transcriptionId: TranscriptionId) {
  return { transcriptionId, chunkCount: (await transcripts.chunkIdsOf(tenant, transcriptionId)).length };
}
