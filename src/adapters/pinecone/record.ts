import { z } from 'zod';
import { MODES } from '../../domain/access/tenant.ts';
import type { Candidate } from '../../domain/answering/ranking/candidate.ts';
import type { Chunk } from '../../domain/library/chunk.ts';
import { type ChunkId, type Id, type IdPrefix, idPattern } from '../../domain/shared/ids.ts';
import { beginningOf } from '../../domain/shared/text-beginning.ts';
import type { EndUserTenant } from '../../ports/library/passage-retriever.ts';

/** The field that both indexes embed: their `field_map` must name it. */
export const TEXT_FIELD = 'text';
/** What a search needs of a record. */
export const HIT_FIELDS = [TEXT_FIELD, 'recording_id', 'transcription_id', 'index'];

/** The hosted models read about 2,000 tokens, and a record's metadata may be 40 kB: only the beginning of a longer text is searched. */
const MAX_CHARACTERS = 8_000;
const MAX_RECORDS = 96;
/** Below the service's 2 MB a request. */
const MAX_BATCH_BYTES = 1_500_000;

/** A chunk as both indexes hold it. Unknown values are left out, because Pinecone has no null. */
export function recordOf(chunk: Chunk) {
  return {
    _id: chunk.id,
    [TEXT_FIELD]: beginningOf(chunk.text, MAX_CHARACTERS),
    recording_id: chunk.recordingId,
    transcription_id: chunk.transcriptionId,
    index: chunk.index,
    start_ms: chunk.startMs,
    end_ms: chunk.endMs,
    ...(chunk.speaker === null ? {} : { speaker: chunk.speaker }),
    ...(chunk.recordedAt === null ? {} : { recorded_at: Date.parse(chunk.recordedAt) }),
  };
}
export type PassageRecord = ReturnType<typeof recordOf>;

/** The records in batches of a size that the service accepts. */
export function batchesOf(records: readonly PassageRecord[]): PassageRecord[][] {
  const batches: PassageRecord[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record));
    const batch = batches.at(-1);
    if (batch && batch.length < MAX_RECORDS && bytes + size <= MAX_BATCH_BYTES) {
      batch.push(record);
      bytes += size;
    } else {
      batches.push([record]);
      bytes = size;
    }
  }
  return batches;
}

/** One namespace for each project, mode and end user, and each build of the index. Ids have no dots, so no two share a name. */
export function namespaceOf({ projectId, mode, endUserId }: EndUserTenant, generation: string): string {
  return `${projectId}.${mode}.${endUserId}${generation === '' ? '' : `~${generation}`}`;
}

const NAMESPACE = /^(prj_\w+)\.(live|test)\.(eu_\w+)(?:~([a-z0-9]+))?$/;

/** Whose namespace it is, and of which build; null for one that is not of this service. */
export function ownerOf(namespace: string): { tenant: EndUserTenant; generation: string } | null {
  const [, projectId, mode, endUserId, generation = ''] = NAMESPACE.exec(namespace) ?? [];
  const tenant = namespaceOwner.safeParse({ projectId, mode, endUserId });
  return tenant.success ? { tenant: tenant.data, generation } : null;
}

function id<P extends IdPrefix>(prefix: P) {
  const pattern = idPattern(prefix);
  return z.custom<Id<P>>((value) => typeof value === 'string' && pattern.test(value));
}

const namespaceOwner = z.object({ projectId: id('prj'), mode: z.enum(MODES), endUserId: id('eu') });

const hitSchema = z.object({
  _id: id('chk'),
  _score: z.number(),
  fields: z.object({
    [TEXT_FIELD]: z.string(),
    recording_id: id('rec'),
    transcription_id: id('txn'),
    index: z.number().int(),
  }),
});

/** One hit of one index; its score is comparable within that index alone. */
export interface IndexHit extends Candidate {
  id: ChunkId;
  indexScore: number;
}

export const hitsSchema = z.object({ result: z.object({ hits: z.array(hitSchema) }) }).transform(({ result }) =>
  result.hits.map(
    ({ _id, _score, fields }): IndexHit => ({
      id: _id,
      recordingId: fields.recording_id,
      transcriptionId: fields.transcription_id,
      index: fields.index,
      text: fields[TEXT_FIELD],
      indexScore: _score,
    }),
  ),
);
