import { chunkIdOf } from '../../../src/domain/library/chunking.ts';
import type { IndexBuild } from '../../../src/domain/library/search-index.ts';
import { AskError } from '../../../src/domain/shared/errors.ts';
import type { ProjectId } from '../../../src/domain/shared/ids.ts';
import { beginningOf } from '../../../src/domain/shared/text-beginning.ts';
import type { IndexedTranscription } from '../../../src/ports/library/indexed-transcripts.ts';
import { withHeartbeat } from '../../lib/heartbeat.ts';
import type { CompareDependencies } from './compare-index.ts';
import { everyTranscription } from './every-transcription.ts';

const SEARCHES = 20;
/** Words of a passage that are searched for. */
const CHARACTERS = 300;
/** A passage is found when it is among so many: others may say the same words. */
const AMONG = 20;
const LEAST_SHARE = 0.8;

/** Searches for the words of some passages in a build of the index. @throws AskError when too few find their passage */
export function trySearches(deps: CompareDependencies, { heartbeat }: { heartbeat(): void }) {
  return (input: { projectId: ProjectId | null; build: IndexBuild }): Promise<void> =>
    withHeartbeat(heartbeat, () => search(deps, input));
}

async function search(
  deps: CompareDependencies,
  { projectId, build }: { projectId: ProjectId | null; build: IndexBuild },
): Promise<void> {
  const index = deps.indexes.open(build);
  let [tried, found] = [0, 0];
  for (const { tenant, transcriptionId, chunkCount } of await sampleOf(deps, projectId)) {
    const id = chunkIdOf(transcriptionId, Math.floor((chunkCount ?? 0) / 2), deps.digest);
    const [chunk] = await deps.transcripts.chunks(tenant, [id]);
    if (chunk === undefined) continue;
    const hits = await index.search(tenant, { texts: [beginningOf(chunk.text, CHARACTERS)], limit: AMONG });
    tried++;
    if (hits.some(({ chunkId }) => chunkId === id)) found++;
  }
  if (found >= tried * LEAST_SHARE) return;
  throw new AskError('unavailable', `Only ${found} of ${tried} searches in the new index found their passage.`);
}

/** Transcriptions from everywhere in the order of their ids: each one may take the place of an earlier one. */
async function sampleOf(deps: CompareDependencies, projectId: ProjectId | null): Promise<IndexedTranscription[]> {
  const sample: IndexedTranscription[] = [];
  let [seen, every] = [0, 1];
  for await (const each of everyTranscription(deps.indexed, projectId)) {
    if (each.status !== 'completed' || !each.chunkCount) continue;
    if (seen++ % every !== 0) continue;
    sample.push(each);
    if (sample.length < 2 * SEARCHES) continue;
    sample.splice(0, sample.length, ...sample.filter((_, place) => place % 2 === 0));
    every *= 2;
  }
  return sample.slice(0, SEARCHES);
}
