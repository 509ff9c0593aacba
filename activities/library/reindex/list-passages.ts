import type { RebuildCursor } from '../../../src/domain/library/rebuild-cursor.ts';
import type { ProjectId, TranscriptionId } from '../../../src/domain/shared/ids.ts';
import type { IndexedTranscription, IndexedTranscripts } from '../../../src/ports/library/indexed-transcripts.ts';
import type { TranscriptionInput } from '../chunk-transcript.ts';
import type { ChunkRange } from '../index-chunks.ts';

export interface PassagesToRebuild {
  /** Passages to write, of one or more transcriptions. */
  parts: ChunkRange[];
  /** Transcripts of 0.1.0, which are to be cut anew first. */
  old: TranscriptionInput[];
  /** Null when there are no more. */
  next: RebuildCursor | null;
}

/** Passages of one step; it bounds what an attempt repeats after a crash, and what a local index has to embed at once. */
const PASSAGES = 192;
const TRANSCRIPTIONS = 50;

/** The next passages of a rebuild, of one project or of all, in the order of the transcriptions' ids. */
export function listPassages({ indexed }: { indexed: IndexedTranscripts }) {
  return async (input: { projectId: ProjectId | null; after: RebuildCursor | null }): Promise<PassagesToRebuild> => {
    const { projectId, after } = input;
    const page = await indexed.list(projectId, startOf(after), TRANSCRIPTIONS);
    const parts: ChunkRange[] = [];
    let room = PASSAGES;
    for (const each of page) {
      const { tenant, transcriptionId } = each;
      if (isOld(each)) return { parts, old: [{ tenant, transcriptionId }], next: { transcriptionId, done: null } };
      const from = after?.transcriptionId === transcriptionId ? (after.done ?? 0) : 0;
      const left = (each.chunkCount ?? 0) - from;
      const count = Math.min(left, room);
      if (count > 0) parts.push({ tenant, transcriptionId, from, count });
      room -= Math.max(count, 0);
      if (count < left) return { parts, old: [], next: { transcriptionId, done: from + Math.max(count, 0) } };
    }
    const last = page.at(-1);
    const next = last === undefined ? null : { transcriptionId: last.transcriptionId, done: null };
    return { parts, old: [], next };
  };
}

function startOf(after: RebuildCursor | null): { id: TranscriptionId; inclusive: boolean } | null {
  return after === null ? null : { id: after.transcriptionId, inclusive: after.done !== null };
}

/** Chunks of 0.1.0 were not counted, and keep neither the speaker nor the end of each line. */
function isOld({ status, chunkCount }: IndexedTranscription): boolean {
  return status === 'completed' && chunkCount === null;
}
