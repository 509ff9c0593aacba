import { z } from 'zod';
import type { IndexedTranscription, IndexedTranscripts } from '../../../ports/library/indexed-transcripts.ts';
import type { StoredTranscription } from '../collections/library-documents.ts';
import { ownerOf } from '../lib/tenant-filter.ts';
import { factId } from './import-store.ts';
import type { LibraryCollections } from './library-collections.ts';

const indexedStatus = z.enum(['processing', 'completed']);

export function indexedTranscripts({ transcriptions, importFacts }: LibraryCollections): IndexedTranscripts {
  async function withoutReplaced(found: StoredTranscription[]): Promise<StoredTranscription[]> {
    const facts = found.map(({ _id }) => factId(_id, 'replaced'));
    const replaced = new Set(await importFacts.ids({ _id: { $in: facts } }));
    return found.filter(({ _id }) => !replaced.has(factId(_id, 'replaced')));
  }

  return {
    async list(projectId, start, limit) {
      let from = start;
      for (;;) {
        const page = await transcriptions.list(
          {
            status: { $in: indexedStatus.options },
            ...(projectId !== null && { projectId }),
            ...(from !== null && { _id: from.inclusive ? { $gte: from.id } : { $gt: from.id } }),
          },
          { sort: { _id: 1 }, limit },
        );
        const last = page.at(-1);
        const found = await withoutReplaced(page);
        // A page of replaced ones alone is not the end.
        if (found.length > 0 || last === undefined) return found.map(toIndexed);
        from = { id: last._id, inclusive: false };
      }
    },
    async countOld() {
      return (await withoutReplaced(await transcriptions.list({ status: 'completed', chunkCount: null }, {}))).length;
    },
  };
}

function toIndexed(stored: StoredTranscription): IndexedTranscription {
  return {
    tenant: ownerOf(stored),
    transcriptionId: stored._id,
    status: indexedStatus.parse(stored.status),
    chunkCount: stored.chunkCount,
  };
}
