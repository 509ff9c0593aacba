import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { owns, type Tenant } from '../../../domain/access/tenant.ts';
import type { Chunk } from '../../../domain/library/chunk.ts';
import type { Recording } from '../../../domain/library/recording.ts';
import type { Segment, Transcription } from '../../../domain/library/transcript.ts';
import type { TranscriptStore } from '../../../ports/library/library-store.ts';
import type { StoredChunk, StoredTranscription } from '../collections/library-documents.ts';
import { id as idOf } from '../collections/stored-fields.ts';
import { findOwned, ownerOf, tenantFilter } from '../lib/tenant-filter.ts';
import type { LibraryCollections } from './library-collections.ts';
import { toRecording } from './recording-store.ts';
import { pageId, segmentPages } from './segment-pages.ts';

/** A very long transcript must not take every connection of the pool. */
const PAGES_AT_ONCE = 16;
/** Nor hold up the process that writes its chunks. */
const INSERTED_AT_ONCE = 200;

/** A turn reads what it rests on when it finds it and again, moments later, for its prompt; neither ever changes. */
const CACHED = { max: 2_000, ttl: 60_000 };
const CACHED_CHARACTERS = 8_000_000;

const transcriptionIds = z.array(idOf('txn'));
const chunkIds = z.array(idOf('chk'));

export function transcriptStore(collections: LibraryCollections): TranscriptStore {
  const { recordings, transcriptions, segmentPages: pages, chunks } = collections;

  /** A hidden recording hides its transcriptions. */
  async function visible(tenant: Tenant, id: string): Promise<StoredTranscription | null> {
    const found = await findOwned(transcriptions, tenant, id);
    return found !== null && (await findOwned(recordings, tenant, found.recordingId)) !== null ? found : null;
  }

  const read = new LRUCache<string, StoredChunk>({
    ...CACHED,
    maxSize: CACHED_CHARACTERS,
    sizeCalculation: ({ text }) => text.length + 1,
  });
  const completed = new LRUCache<string, StoredTranscription>(CACHED);

  /** A chunk never changes; whether it may still be read is its recording's affair. */
  async function chunk(id: string): Promise<StoredChunk | null> {
    const known = read.get(id);
    if (known !== undefined) return known;
    const found = await chunks.get(id);
    if (found !== null) read.set(id, found);
    return found;
  }

  /** The transcription that a recording names; one that is completed stays as it is. */
  async function current({ transcriptionId: id }: Recording): Promise<StoredTranscription | null> {
    if (id === null) return null;
    const known = completed.get(id);
    if (known !== undefined) return known;
    const found = await transcriptions.get(id);
    if (found?.status === 'completed') completed.set(id, found);
    return found;
  }

  return {
    async create(transcription, batches) {
      const { id, ...rest } = transcription;
      let pageCount = 0;
      // Pages first: a transcription that can be found is whole.
      for await (const segments of batches) {
        for (const page of segmentPages(transcription, segments, pageCount)) {
          await pages.insert(page);
          pageCount++;
        }
      }
      if (await transcriptions.insert({ _id: id, ...rest, pageCount })) return transcription;
      const standing = await transcriptions.get(id);
      return standing === null ? transcription : toTranscription(standing);
    },
    async find(tenant, id) {
      const found = await visible(tenant, id);
      return found && toTranscription(found);
    },
    async currentOf(recording) {
      const found = await current(recording);
      return found !== null && owns(ownerOf(recording), found) ? toTranscription(found) : null;
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
    async setTokenCount(tenant, id, tokenCount) {
      if ((await visible(tenant, id)) === null) return;
      await transcriptions.update(id, { $set: { tokenCount } });
    },
    async markCompleted(tenant, id, at) {
      if ((await visible(tenant, id)) === null) return;
      await transcriptions.update(id, { $set: { status: 'completed', error: null, completedAt: at } });
    },
    async markFailed(tenant, id, error) {
      if ((await visible(tenant, id)) === null) return;
      await transcriptions.update(id, { $set: { status: 'failed', error } });
    },
    async idsOf(tenant, recordingId) {
      return transcriptionIds.parse(await transcriptions.ids({ ...tenantFilter(tenant), recordingId }));
    },
    async putChunks(tenant, batch) {
      const own = batch.filter((chunk) => owns(tenant, chunk));
      for (let from = 0; from < own.length; from += INSERTED_AT_ONCE) {
        await chunks.insertAll(
          own.slice(from, from + INSERTED_AT_ONCE).map(({ id, ...rest }) => ({ _id: id, ...rest })),
        );
      }
    },
    async chunks(tenant, ids) {
      const found = await Promise.all(ids.map(chunk));
      const stored = found.filter((each) => each !== null).filter((each) => owns(tenant, each));
      const sources = [...new Set(stored.map(({ recordingId }) => recordingId))];
      const standing = await Promise.all(sources.map((id) => findOwned(recordings, tenant, id)));
      const readable = new Map(standing.filter((each) => each !== null).map((each) => [each._id, toRecording(each)]));
      return stored.flatMap((chunk) => {
        const recording = readable.get(chunk.recordingId);
        return recording === undefined ? [] : [{ ...toChunk(chunk), recording }];
      });
    },
    async chunkIdsOf(tenant, transcriptionId) {
      return chunkIds.parse(await chunks.ids({ ...tenantFilter(tenant), transcriptionId }));
    },
    async purge(tenant, id) {
      const owned = tenantFilter(tenant);
      read.clear();
      completed.delete(id);
      // The transcription last: until it is gone, an interrupted purge is found again.
      const parts = await Promise.all([
        pages.remove({ ...owned, transcriptionId: id }),
        chunks.remove({ ...owned, transcriptionId: id }),
      ]);
      const last = await transcriptions.remove({ ...owned, _id: id });
      return parts.reduce((sum, count) => sum + count, last);
    },
  };
}

function toTranscription({ _id, pageCount: _, ...rest }: StoredTranscription): Transcription {
  return { id: _id, ...rest };
}

function toChunk({ _id, ...rest }: StoredChunk): Chunk {
  return { id: _id, ...rest };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
