import type { Index } from '@pinecone-database/pinecone';
import type { Audited, Finding } from '../../ports/audit.ts';
import type { IndexStates } from '../../ports/library/search-indexes.ts';
import type { Config } from '../../runtime/config.ts';
import { connect, ignoringMissing } from './client.ts';
import { settingsFor } from './index.ts';
import { countsOf, idsIn } from './index-access.ts';
import { ownerOf } from './record.ts';

/** What the index is compared with. */
export interface KnownPassages {
  has(collection: string, id: string): Promise<boolean>;
  isErased(id: string): Promise<boolean>;
  servedChunks(of: { projectId: string; mode: string; endUserId: string }): Promise<Set<string>>;
}

/**
 * Both indexes of what serves. What a rebuild fills or will remove is its own affair. `id` of a finding is the namespace, and
 * for one record the namespace and its id.
 */
export function auditedIndex(config: Config, known: KnownPassages, states: Pick<IndexStates, 'read'>): Audited {
  const indexesOf = (target: 'local' | 'pinecone') => {
    const { dense, sparse } = connect(settingsFor(config, target));
    return [dense, sparse];
  };
  return {
    async inspect() {
      const { serving } = await states.read(null);
      const findings = await Promise.all(
        indexesOf(serving.target).map((index) => inspectIndex(index, known, states, serving.target)),
      );
      return findings.flat();
    },
    async remove({ id }) {
      const { serving } = await states.read(null);
      const [namespace = '', record] = id.split('/');
      for (const index of indexesOf(serving.target)) {
        await ignoringMissing(() =>
          record === undefined ? index.deleteNamespace(namespace) : index.deleteMany({ ids: [record], namespace }),
        );
      }
    },
  };
}

async function inspectIndex(
  index: Index,
  known: KnownPassages,
  states: Pick<IndexStates, 'read'>,
  target: 'local' | 'pinecone',
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [namespace, count] of await countsOf(index)) {
    const owner = ownerOf(namespace);
    if (owner === null) continue;
    const { endUserId, projectId } = owner.tenant;
    const { serving } = await states.read(projectId);
    if (serving.target !== target || serving.generation !== owner.generation) continue;
    if (!(await known.has('end_users', endUserId))) {
      if (count === 0) continue;
      const covered = await known.isErased(endUserId);
      findings.push({ place: 'index', id: namespace, kind: 'unowned', says: 'its end user is gone', covered });
      continue;
    }
    const served = await known.servedChunks(owner.tenant);
    const indexed: Set<string> = await idsIn(index, namespace);
    for (const id of indexed) {
      if (served.has(id) || (await known.has('chunks', id))) continue;
      const says = 'no transcription has this passage';
      // Its recording cannot be told from its id, so only what an erased end user left is covered.
      findings.push({ place: 'index', id: `${namespace}/${id}`, kind: 'dangling', says, covered: false });
    }
    for (const id of served) {
      if (indexed.has(id)) continue;
      const says = 'the index does not have this passage';
      findings.push({ place: 'chunks', id, kind: 'dangling', says, covered: false });
    }
  }
  return findings;
}
