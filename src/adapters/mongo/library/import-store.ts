import type { ImportState } from '../../../domain/library/import-order.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import type { ImportStore } from '../../../ports/library/library-store.ts';
import type { StoredImportFact, StoredTranscription } from '../collections/library-documents.ts';
import { findOwned, ownerOf, tenantFilter } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import type { LibraryCollections } from './library-collections.ts';

/**
 * The order of a recording's imports and what became of each, all told by inserts: the first write wins on every server,
 * and no clock and no update decides anything. What the recording itself says follows from these facts
 * (`use-cases/settle-recording.ts`).
 */
export function importStore(
  { recordings, transcriptions, importFacts: facts }: LibraryCollections,
  tombstones: Tombstones,
): ImportStore {
  return {
    async accept(transcription) {
      const { id: transcriptionId, recordingId } = transcription;
      const fact = { ...ownerOf(transcription), recordingId, transcriptionId, kind: 'accepted', by: null } as const;
      const accepted = await facts.list({ recordingId, kind: 'accepted' }, {});
      if (accepted.some((other) => other.transcriptionId === transcriptionId)) return;
      let place = Math.max(0, ...accepted.map((other) => other.place)) + 1;
      while (!(await facts.insert({ _id: `${recordingId}/${place}`, ...fact, place }))) place++;
      if (!(await tombstones.has(recordingId))) return;
      await facts.remove({ recordingId });
      throw notFound('recording', recordingId);
    },
    async note(transcription, kind, by) {
      const { id: transcriptionId, recordingId } = transcription;
      const fact = { ...ownerOf(transcription), recordingId, transcriptionId, kind, by: by ?? null, place: 0 };
      await facts.insert({ _id: factId(transcriptionId, kind), ...fact });
      // An erasure that has listed the facts already does not see this one.
      if (await tombstones.has(recordingId)) await facts.remove({ recordingId });
    },
    async statesOf(tenant, recordingId) {
      const [recording, all, told] = await Promise.all([
        findOwned(recordings, tenant, recordingId),
        transcriptions.list({ ...tenantFilter(tenant), recordingId }, {}),
        facts.list({ ...tenantFilter(tenant), recordingId }, {}),
      ]);
      return recording === null ? [] : all.flatMap((each) => stateOf(each, told));
    },
  };
}

export function factId(transcriptionId: string, kind: StoredImportFact['kind']): string {
  return `${transcriptionId}/${kind}`;
}

/** Nothing for what was never accepted: it is still being stored, or was interrupted then. */
function stateOf(transcription: StoredTranscription, told: readonly StoredImportFact[]): ImportState[] {
  const {
    _id: transcriptionId,
    durationMs,
    tokenCount: tokens,
    chunkCount: passages,
    speakers,
    createdAt,
  } = transcription;
  const isCounted = tokens !== null && passages !== null && speakers !== null;
  const own = told.filter((fact) => fact.transcriptionId === transcriptionId);
  const has = (kind: StoredImportFact['kind']) => own.some((fact) => fact.kind === kind);
  const places = own.flatMap(({ kind, place }) => (kind === 'accepted' ? [place] : []));
  const status = has('completed') ? 'completed' : transcription.status;
  // Those from before there was an order count when they have ended.
  if (places.length === 0 && status === 'processing') return [];
  // One that says it is completed is so for readers once that fact stands.
  const told_ = places.length > 0 && status === 'completed' && !has('completed') ? 'processing' : status;
  return [
    {
      transcriptionId,
      place: places.length === 0 ? 0 : Math.min(...places),
      status: told_,
      retired: has('retired'),
      durationMs,
      outline: isCounted ? { tokens, passages, speakers } : null,
      createdAt,
    },
  ];
}
