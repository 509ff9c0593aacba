import type { Index } from '@pinecone-database/pinecone';
import type { Audited, Finding } from '../../ports/audit.ts';
import type { Config } from '../../runtime/config.ts';
import { call, connect, ignoringMissing } from './client.ts';
import { settingsFrom } from './index.ts';

/** What the index is compared with. */
export interface KnownPassages {
  has(collection: string, id: string): Promise<boolean>;
  isErased(id: string): Promise<boolean>;
  servedChunks(of: { projectId: string; mode: string; endUserId: string }): Promise<Set<string>>;
}

/** A namespace of this service: project, mode and end user; see `namespaceOf`. */
const NAMESPACE = /^(prj_\w+)\.(live|test)\.(eu_\w+)$/;

/** Both indexes. `id` of a finding is the namespace, and for one record the namespace and its id. */
export function auditedIndex(config: Config, known: KnownPassages): Audited {
  const settings = settingsFrom(config);
  const connected = settings === null ? null : connect(settings);
  const indexes = connected === null ? [] : [connected.dense, connected.sparse];
  return {
    async inspect() {
      const findings = await Promise.all(indexes.map((index) => inspectIndex(index, known)));
      return findings.flat();
    },
    async remove({ id }) {
      const [namespace = '', record] = id.split('/');
      for (const index of indexes) {
        await ignoringMissing(() =>
          record === undefined ? index.deleteNamespace(namespace) : index.deleteMany({ ids: [record], namespace }),
        );
      }
    },
  };
}

async function inspectIndex(index: Index, known: KnownPassages): Promise<Finding[]> {
  const findings: Finding[] = [];
  const { namespaces = {} } = await call(() => index.describeIndexStats());
  for (const [namespace, { recordCount }] of Object.entries(namespaces)) {
    const [, projectId, mode, endUserId] = NAMESPACE.exec(namespace) ?? [];
    if (!projectId || !mode || !endUserId) continue;
    if (!(await known.has('end_users', endUserId))) {
      if (recordCount === 0) continue;
      const covered = await known.isErased(endUserId);
      findings.push({ place: 'index', id: namespace, kind: 'unowned', says: 'its end user is gone', covered });
      continue;
    }
    const served = await known.servedChunks({ projectId, mode, endUserId });
    const indexed = await idsIn(index, namespace);
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

async function idsIn(index: Index, namespace: string): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let paginationToken: string | undefined; ; ) {
    const page = await call(() => index.listPaginated({ namespace, ...(paginationToken && { paginationToken }) }));
    for (const { id } of page.vectors ?? []) if (id !== undefined) ids.add(id);
    paginationToken = page.pagination?.next;
    if (paginationToken === undefined) return ids;
  }
}
