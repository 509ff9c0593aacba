import { answerIdOf } from '../../../domain/shared/ids.ts';
import type { Finding } from '../../../ports/audit.ts';
import { id as idOf } from '../collections/stored-fields.ts';
import type { References } from './documents.ts';

/** Whether a workflow still works on something. */
export type IsOpen = (of: 'session' | 'indexing' | 'erasure', id: string) => Promise<boolean>;

/** What was begun and on which nothing works any more. */
export async function findUnfinished(references: References, isOpen: IsOpen): Promise<Finding[]> {
  const findings: Finding[] = [];
  const add = (place: string, id: string, says: string) =>
    findings.push({ place, id, kind: 'unfinished', says, covered: false });

  for await (const { _id } of references.all('tombstones', { purged: false })) {
    if (await isOpen('erasure', _id)) continue;
    if ((await references.get('tombstones', _id))?.purged === false) add('tombstones', _id, 'its erasure does not run');
  }
  for await (const { _id } of references.all('transcriptions', { status: 'processing' })) {
    if (await isOpen('indexing', _id)) continue;
    const now = await references.get('transcriptions', _id);
    if (now?.status === 'processing') add('transcriptions', _id, 'its import does not run');
  }
  for await (const { _id, transcriptionId } of references.all('recordings', { status: 'processing' })) {
    if (transcriptionId && (await isAnyProcessing(references, _id))) continue;
    const now = await references.get('recordings', _id);
    if (now?.status === 'processing') add('recordings', _id, 'none of its imports is under way');
  }
  for await (const { _id, sessionId } of references.all('messages', { role: 'user' })) {
    if (!sessionId || (await hasEnd(references, _id)) || (await isOpen('session', sessionId))) continue;
    if ((await references.get('messages', _id)) !== null && !(await hasEnd(references, _id))) {
      add('messages', _id, 'the question has neither an answer nor an end');
    }
  }
  return findings;
}

async function isAnyProcessing(references: References, recordingId: string): Promise<boolean> {
  for await (const { status } of references.all('transcriptions', { recordingId })) {
    if (status === 'processing') return true;
  }
  return false;
}

/** A question ends with its answer, or with a turn that ended without one. */
async function hasEnd(references: References, questionId: string): Promise<boolean> {
  const id = idOf('msg').parse(questionId);
  if ((await references.get('messages', answerIdOf(id))) !== null) return true;
  for await (const { status } of references.all('turns', { messageId: questionId })) {
    if (status === 'failed' || status === 'cancelled') return true;
  }
  return false;
}
