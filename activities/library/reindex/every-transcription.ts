import type { ProjectId } from '../../../src/domain/shared/ids.ts';
import type { IndexedTranscription, IndexedTranscripts } from '../../../src/ports/library/indexed-transcripts.ts';

const PAGE = 500;

/** All transcriptions whose passages an index holds. */
export async function* everyTranscription(
  indexed: IndexedTranscripts,
  projectId: ProjectId | null,
): AsyncGenerator<IndexedTranscription> {
  for (let start: Parameters<IndexedTranscripts['list']>[1] = null; ; ) {
    const page = await indexed.list(projectId, start, PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    yield* page;
    start = { id: last.transcriptionId, inclusive: false };
  }
}
