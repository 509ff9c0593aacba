import { createHash } from 'node:crypto';
import type { Chunk } from '../../../src/domain/library/chunk.ts';
import { chunkTranscript } from '../../../src/domain/library/chunking.ts';
import { type Id, type IdPrefix, idFromBytes } from '../../../src/domain/shared/ids.ts';
import type { EndUserTenant } from '../../../src/ports/library/passage-retriever.ts';
import type { Meeting } from './meetings.ts';

/** The meetings of one series as one end user's library, cut into chunks. */
export interface EvalLibrary {
  owner: string;
  tenant: EndUserTenant;
  meetings: Meeting[];
  chunks: Chunk[];
}

/** @param owner Who holds it: another owner of the same meetings has other ids for the same text. */
export function libraryOf(meetings: Meeting[], owner: string): EvalLibrary {
  const tenant: EndUserTenant = { projectId: idOf('prj', 'eval'), mode: 'test', endUserId: idOf('eu', owner) };
  const chunks = meetings.flatMap((meeting) => {
    const whose = { ...tenant, ...idsOf(owner, meeting.name), recordedAt: meeting.startedAt };
    return [...chunkTranscript(meeting.segments, whose, digest)];
  });
  return { owner, tenant, meetings, chunks };
}

/** The places of the meeting's segments that the chunk holds. */
export function segmentsOf(chunk: Chunk, meeting: Meeting, owner: string): number[] {
  if (chunk.recordingId !== idOf('rec', `${owner}/${meeting.name}`)) return [];
  return [
    ...new Set(
      chunk.lines.flatMap(({ segments }) =>
        segments === null
          ? []
          : Array.from({ length: segments.last - segments.first + 1 }, (_, i) => segments.first + i),
      ),
    ),
  ];
}

/** The recording and transcription that a meeting is here. */
export function recordingOf({ owner }: EvalLibrary, name: string) {
  return idsOf(owner, name);
}

function idsOf(owner: string, name: string) {
  return { recordingId: idOf('rec', `${owner}/${name}`), transcriptionId: idOf('txn', `${owner}/${name}`) };
}

export function bySeries(meetings: Meeting[]): Map<string, Meeting[]> {
  return Map.groupBy(meetings, (meeting) => meeting.series);
}

function idOf<P extends IdPrefix>(prefix: P, name: string): Id<P> {
  return idFromBytes(prefix, digest(name));
}

function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest().subarray(0, 16);
}
