import { FairQueue } from '../../../domain/access/fair-queue.ts';
import type { TranscriptStore } from '../../../ports/library/library-store.ts';

/** Reads the stored pages of transcripts, as `TranscriptStore.segmentPage` does. */
export type PageReader = Pick<TranscriptStore, 'segmentPage'>;

/** A project reads one page at a time, and two projects at once: turns are answered from the same database. */
export function createPageReader({ transcripts }: { transcripts: PageReader }): PageReader {
  const queue = new FairQueue({ slots: 2, perOwner: 1 });
  return {
    segmentPage: (tenant, id, page) => queue.run(tenant.projectId, () => transcripts.segmentPage(tenant, id, page)),
  };
}
