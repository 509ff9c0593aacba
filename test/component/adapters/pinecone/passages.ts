import { randomUUID } from 'node:crypto';
import type { Chunk } from '../../../../src/domain/library/chunk.ts';
import { type Id, type IdPrefix, idFromBytes } from '../../../../src/domain/shared/ids.ts';
import { digest } from '../../../../src/domain/shared/sha256-digest.ts';
import type { EndUserTenant } from '../../../../src/ports/library/passage-retriever.ts';

/** An id that is the same for the same name. */
export function idOf<P extends IdPrefix>(prefix: P, name: string): Id<P> {
  return idFromBytes(prefix, digest(name));
}

/** An end user whom no other test knows. */
export function newTenant(): EndUserTenant {
  return { projectId: idOf('prj', randomUUID()), mode: 'test', endUserId: idOf('eu', randomUUID()) };
}

/** A passage of a recording of that name. */
export function passage(
  tenant: EndUserTenant,
  text: string,
  { recording = 'monday', index = 0, recordedAt = '2026-01-05T09:00:00.000Z' as string | null } = {},
): Chunk {
  return {
    ...tenant,
    id: idOf('chk', `${tenant.endUserId}/${recording}/${index}`),
    recordingId: idOf('rec', recording),
    transcriptionId: idOf('txn', recording),
    index,
    text,
    lines: [],
    tokens: null,
    speaker: 'Ana',
    startMs: index * 1000,
    endMs: index * 1000 + 900,
    recordedAt,
  };
}
