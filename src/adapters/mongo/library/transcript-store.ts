import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { owns, type Tenant } from '../../../domain/access/tenant.ts';
import type { Chunk } from '../../../domain/library/chunk.ts';
import type { Recording } from '../../../domain/library/recording.ts';
import type { Segment, Transcription } from '../../../domain/library/transcript.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import type { TranscriptionId } from '../../../domain/shared/ids.ts';
import type { TranscriptStore } from '../../../ports/library/library-store.ts';
import type { StoredChunk, StoredTranscription } from '../collections/library-documents.ts';
import { id as idOf } from '../collections/stored-fields.ts';
import { linesOfText, packLines, unpackLines } from '../collections/stored-lines.ts';
import type { Filter } from '../lib/collection.ts';
import { findAllOwned, findOwned, ownerOf, tenantFilter } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import { factId } from './import-store.ts';
import type { LibraryCollections } from './library-collections.ts';
import { toRecording } from './recording-documents.ts';
import { pageId, segmentPages } from './segment-pages.ts';

/** A very long transcript must not take every connection of the pool. */
const PAGES_AT_ONCE = 16;
/** Nor hold up the process that writes its chunks, or other writers: FerretDB writes one batch at a time. */
const INSERTED_AT_ONCE = 50;

/** A turn reads what it rests on when it finds it and again, moments later, for its prompt; neither ever changes. */
const CACHED = { max: 2_000, ttl: 60_000 };
const CACHED_CHARACTERS = 8_000_000;

const transcriptionIds = z.array(idOf('txn'));
const chunkIds = z.array(idOf('chk'));

/**
 * Whatever holds words is inserted under a parent that stands, and looks at the parent's tombstone again afterwards: either
 * the erasure sees the new document, or its writer sees the tombstone.
 */
export function transcriptStore(collections: LibraryCollections, tombstones: Tombstones): TranscriptStore {
  const { recordings, transcriptions, segmentPages: pages, chunks, importFacts } = collections;

  /** A hidden recording hides its transcriptions. */
  async function visible(tenant: Tenant, id: string): Promise<StoredTranscription | null> {
    const found = await findOwned(transcriptions, tenant, id);
    return found !== null && (await findOwned(recordings, tenant, found.recordingId)) !== null ? found : null;
  }

  const replacement = async (id: string) => (await importFacts.get(factId(id, 'replaced')))?.by ?? null;

  async function purgeWords(tenant: Tenant, of: Filter): Promise<number> {
    read.clear();
    const owned = { ...tenantFilter(tenant), ...of };
    const removed = await Promise.all([pages.remove(owned), chunks.remove(owned)]);
    return removed.reduce((sum, count) => sum + count, 0);
  }

  async function purgeAll(tenant: Tenant, recordingId: string): Promise<number> {
    const owned = { ...tenantFilter(tenant), recordingId };
    let removed = 0;
    // Pages from before they named their recording are found by their transcription.
    for (const transcriptionId of await transcriptions.ids(owned)) {
      completed.delete(transcriptionId);
      removed += await pages.remove({ ...tenantFilter(tenant), transcriptionId });
    }
    removed += await purgeWords(tenant, { recordingId });
    return removed + (await importFacts.remove(owned)) + (await transcriptions.remove(owned));
  }

  /**
   * Takes back the words of a transcription that was replaced meanwhile, or whose recording was deleted. Other words are the
   * erasure's to find.
   */
  async function assertWanted(tenant: Tenant, recordingId: string, transcriptionId: string): Promise<void> {
    const [isErased, by] = await Promise.all([tombstones.has(recordingId), replacement(transcriptionId)]);
    if (isErased || by !== null) await purgeWords(tenant, { transcriptionId });
    if (isErased) throw notFound('recording', recordingId);
  }

  const read = new LRUCache<string, Chunk>({
    ...CACHED,
    maxSize: CACHED_CHARACTERS,
    sizeCalculation: ({ text }) => text.length + 1,
  });
  const completed = new LRUCache<string, StoredTranscription>(CACHED);

  /** A chunk never changes; whether it may still be read is its recording's affair. */
  async function readChunks(ids: readonly string[]): Promise<Chunk[]> {
    const found = new Map<string, Chunk>();
    for (const id of ids) {
      const known = read.get(id);
      if (known !== undefined) found.set(id, known);
    }
    for (const stored of await chunks.getAll(ids.filter((id) => !found.has(id)))) {
      const chunk = toChunk(stored);
      read.set(chunk.id, chunk);
      found.set(chunk.id, chunk);
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** The transcription that a recording names, or what replaced it; one that is completed is kept in memory for a while. */
  async function current({ transcriptionId: named }: Recording): Promise<StoredTranscription | null> {
    for (let id = named; id !== null; ) {
      const known = completed.get(id);
      if (known !== undefined) return known;
      const [found, by] = await Promise.all([transcriptions.get(id), replacement(id)]);
      if (by === null) {
        if (found?.status === 'completed') completed.set(id, found);
        return found;
      }
      id = by;
    }
    return null;
  }

  return {
    async create(transcription, batches) {
      const { id, status, replacedBy: _, ...rest } = transcription;
      if (status === 'replaced') throw new RangeError('a new transcription replaces others');
      // The parent first: pages of an import that was interrupted are found by it, and erased with it.
      const isNew = await transcriptions.insert({ _id: id, status, ...rest, pageCount: 0 });
      const standing = isNew ? null : await transcriptions.get(id);
      // An earlier attempt has stored all of it. By now it may have been indexed, or replaced and emptied.
      if (standing !== null && standing.pageCount > 0) return toTranscription(standing, await replacement(id));
      let pageCount = 0;
      for await (const segments of batches) {
        for (const page of segmentPages(transcription, segments, pageCount)) {
          await pages.insert(page);
          pageCount++;
        }
      }
      // Only now are they counted, so that a repeated import stores what an interrupted one did not.
      if (isNew || (await transcriptions.get(id))?.pageCount === 0)
        await transcriptions.update(id, { $set: { pageCount } });
      await assertWanted(transcription, transcription.recordingId, id);
      return standing === null ? transcription : toTranscription(standing, await replacement(id));
    },
    async find(tenant, id) {
      const [found, by] = await Promise.all([visible(tenant, id), replacement(id)]);
      return found && toTranscription(found, by);
    },
    async currentOf(recording) {
      const found = await current(recording);
      return found !== null && owns(ownerOf(recording), found) ? toTranscription(found, null) : null;
    },
    async segments(tenant, id) {
      const found = await visible(tenant, id);
      if (found === null) return [];
      const segments: Segment[] = [];
      for (let from = 0; from < found.pageCount; from += PAGES_AT_ONCE) {
        const numbers = range(from, Math.min(from + PAGES_AT_ONCE, found.pageCount));
        const read = await Promise.all(numbers.map((page) => findOwned(pages, tenant, pageId(id, page))));
        for (const page of read) segments.push(...(page?.segments ?? []));
      }
      return segments;
    },
    async segmentPage(tenant, id, page) {
      const found = await visible(tenant, id);
      if (found === null) return null;
      const { pageCount } = found;
      if (page >= pageCount) return { segments: [], pageCount };
      const stored = await findOwned(pages, tenant, pageId(id, page));
      return stored && { segments: stored.segments, pageCount };
    },
    async setOutline(tenant, id, { tokens, passages, speakers }) {
      if ((await visible(tenant, id)) === null) return;
      await transcriptions.update(id, { $set: { tokenCount: tokens, chunkCount: passages, speakers } });
    },
    async markCompleted(tenant, id, at) {
      if ((await visible(tenant, id)) === null) return;
      await transcriptions.update(id, { $set: { status: 'completed', error: null, completedAt: at } });
    },
    async markFailed(tenant, id, error) {
      if ((await visible(tenant, id)) === null) return;
      await transcriptions.updateAll({ _id: id, status: 'processing' }, { $set: { status: 'failed', error } });
    },
    async unfinishedSince(before) {
      const found = await transcriptions.list({ status: 'processing', createdAt: { $lt: before } }, {});
      return found.map((each) => toTranscription(each, null));
    },
    async idsOf(tenant, recordingId) {
      return transcriptionIds.parse(await transcriptions.ids({ ...tenantFilter(tenant), recordingId }));
    },
    async putChunks(tenant, batch) {
      const own = batch.filter((chunk) => owns(tenant, chunk));
      for (let from = 0; from < own.length; from += INSERTED_AT_ONCE) {
        await chunks.insertAll(own.slice(from, from + INSERTED_AT_ONCE).map(toStored));
      }
      const [first] = own;
      if (first !== undefined) await assertWanted(tenant, first.recordingId, first.transcriptionId);
    },
    async replaceChunks(tenant, batch) {
      const own = batch.filter((chunk) => owns(tenant, chunk));
      for (const chunk of own) {
        const { _id, ...fields } = toStored(chunk);
        await chunks.upsert(_id, { $set: fields });
        read.delete(_id);
      }
      const [first] = own;
      if (first !== undefined) await assertWanted(tenant, first.recordingId, first.transcriptionId);
    },
    async removeChunks(tenant, ids) {
      for (const id of ids) {
        await chunks.remove({ ...tenantFilter(tenant), _id: id });
        read.delete(id);
      }
    },
    async chunks(tenant, ids) {
      const own = (await readChunks(ids)).filter((each) => owns(tenant, each));
      const sources = [...new Set(own.map(({ recordingId }) => recordingId))];
      const standing = await findAllOwned(recordings, tenant, sources);
      const readable = new Map(standing.map((each) => [each._id, toRecording(each)]));
      return own.flatMap((chunk) => {
        const recording = readable.get(chunk.recordingId);
        // The date of a recording may have changed since the transcript was cut.
        return recording === undefined ? [] : [{ ...chunk, recordedAt: recording.startedAt, recording }];
      });
    },
    async chunkIdsOf(tenant, transcriptionId) {
      return chunkIds.parse(await chunks.ids({ ...tenantFilter(tenant), transcriptionId }));
    },
    purgeWords: (tenant, transcriptionId) => purgeWords(tenant, { transcriptionId }),
    purgeAll,
    async purgeOwned(tenant) {
      const owned = tenantFilter(tenant);
      return (await purgeWords(tenant, {})) + (await importFacts.remove(owned)) + (await transcriptions.remove(owned));
    },
  };
}

function toTranscription(
  { _id, pageCount: _, status, ...rest }: StoredTranscription,
  replacedBy: TranscriptionId | null,
): Transcription {
  return { id: _id, ...rest, status: replacedBy === null ? status : 'replaced', replacedBy };
}

function toStored({ id, lines, ...rest }: Chunk): StoredChunk {
  return { _id: id, ...rest, lines: packLines(lines, rest.text) };
}

function toChunk({ _id, lines, lineStartsMs, ...rest }: StoredChunk): Chunk {
  const { text, endMs } = rest;
  const spoken = lines === null ? linesOfText(text, lineStartsMs ?? [], endMs) : unpackLines(lines, text);
  return { id: _id, ...rest, lines: spoken };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
