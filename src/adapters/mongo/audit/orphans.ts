import type { Finding } from '../../../ports/audit.ts';
import type { References, Refs } from './documents.ts';
import { PARENTS, type Parent } from './parents.ts';

/** Documents whose parent is gone. Whoever is being stored or erased at this moment is looked at again before it counts. */
export async function findOrphans(references: References): Promise<Finding[]> {
  const findings: Finding[] = [];
  const gone = new Map<string, boolean>();
  for (const [place, rule] of Object.entries(PARENTS)) {
    for await (const document of references.all(place)) {
      const missing = await missingParents(references, rule.parents(document), gone);
      const [first] = missing;
      if (first === undefined || (await references.get(place, document._id)) === null) continue;
      findings.push({
        place,
        id: document._id,
        kind: rule.kind,
        says: `its ${first.collection.replace(/s$/, '').replace('_', ' ')} ${first.id} is gone`,
        covered: await isCovered(references, document, missing),
      });
    }
  }
  return findings;
}

/** @param gone what is known of parents already: many documents share one. */
async function missingParents(
  references: References,
  parents: readonly (Parent | null)[],
  gone: Map<string, boolean>,
): Promise<Parent[]> {
  const missing: Parent[] = [];
  for (const parent of parents) {
    if (parent === null) continue;
    const { collection, id } = parent;
    const isGone = gone.get(id) ?? (await references.get(collection, id)) === null;
    gone.set(id, isGone);
    if (isGone) missing.push(parent);
  }
  return missing;
}

async function isCovered(references: References, document: Refs, missing: readonly Parent[]): Promise<boolean> {
  const ids = [...missing.map(({ id }) => id), document.recordingId, document.endUserId].filter((id) => id != null);
  const tombstones = await Promise.all(ids.map((id) => references.get('tombstones', id)));
  return tombstones.some((grave) => grave !== null);
}
