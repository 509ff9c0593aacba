import type { TraceCandidate } from '../../../../domain/ask/trace.ts';
import { answerIdOf } from '../../../../domain/shared/ids.ts';
import type { TraceStore } from '../../../../ports/ask/trace-store.ts';
import type { StoredTrace } from '../../collections/trace-documents.ts';
import { findOwned, ownerOf } from '../../lib/tenant-filter.ts';
import type { Tombstones } from '../../lib/tombstones.ts';
import type { SessionCollections } from '../ask-collections.ts';

type Row = StoredTrace['candidates'][number];

/** The candidates of a turn are a document of their own, because they are gathered before there is an answer. */
export function traceStore({ traces, messages }: SessionCollections, tombstones: Tombstones): TraceStore {
  return {
    async recordCandidates(owner, { sessionId, turnId }, candidates) {
      await traces.upsert(turnId, { $set: { ...ownerOf(owner), sessionId, candidates: candidates.map(rowOf) } });
      // A first turn's session may not be stored yet, so that only a tombstone tells that it is gone.
      const gone = await tombstones.among([sessionId, owner.endUserId]);
      if (gone.length > 0) await traces.remove({ _id: turnId });
    },
    async findCandidates(tenant, sessionId, turnId) {
      const found = await findOwned(traces, tenant, turnId);
      return found?.sessionId === sessionId ? found.candidates.map(candidateOf) : [];
    },
    async findPrompt(tenant, sessionId, { id, messageId }) {
      const found = await findOwned(messages, tenant, answerIdOf(messageId));
      if (found?.role !== 'assistant' || found.sessionId !== sessionId || found.turnId !== id) return null;
      return found.trace ?? null;
    },
  };
}

function rowOf({ chunkId, recordingId, scores, dropped }: TraceCandidate): Row {
  return [
    chunkId,
    recordingId,
    rounded(scores.fused),
    roundedOrNull(scores.dense),
    roundedOrNull(scores.sparse),
    dropped,
  ];
}

function candidateOf([chunkId, recordingId, fused, dense, sparse, dropped]: Row): TraceCandidate {
  return { chunkId, recordingId, scores: { fused, dense, sparse }, dropped };
}

/** More digits say nothing and take room. */
function rounded(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}

function roundedOrNull(score: number | null): number | null {
  return score === null ? null : rounded(score);
}
