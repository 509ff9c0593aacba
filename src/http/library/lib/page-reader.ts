import { FairQueue } from '../../../domain/access/fair-queue.ts';
import type { SessionStore } from '../../../ports/ask/session-store.ts';
import type { TranscriptStore } from '../../../ports/library/library-store.ts';

type Transcripts = Pick<TranscriptStore, 'segmentPage'>;
type Sessions = Pick<SessionStore, 'listMessages'>;

/** Reads stored pages of transcripts and sessions, as their stores do. */
export type PageReader = Transcripts & Sessions;

/** A project reads one page at a time, and two projects at once: turns are answered from the same database. */
export function createPageReader(stores: { transcripts: Transcripts; sessions: Sessions }): PageReader {
  const queue = new FairQueue({ slots: 2, perOwner: 1 });
  return {
    segmentPage: (tenant, id, page) =>
      queue.run(tenant.projectId, () => stores.transcripts.segmentPage(tenant, id, page)),
    listMessages: (tenant, id, range) =>
      queue.run(tenant.projectId, () => stores.sessions.listMessages(tenant, id, range)),
  };
}
