import { narrowToEndUser } from '../../domain/access/tenant.ts';
import { durationBetween, type Recording } from '../../domain/library/recording.ts';
import { invalidField } from '../../domain/shared/errors.ts';
import type { DateChangeStore } from '../../ports/library/date-change-store.ts';
import type { LibraryGateway } from '../../ports/library/library-gateway.ts';
import type { ImportStore, RecordingDetails, RecordingStore } from '../../ports/library/library-store.ts';
import { settleRecording } from './settle-recording.ts';

interface ReviseDependencies {
  recordings: RecordingStore;
  imports: ImportStore;
  dateChanges: DateChangeStore;
  libraryGateway: Pick<LibraryGateway, 'startRedating'>;
}

export type RecordingChange = Partial<Omit<RecordingDetails, 'durationMs'>>;

/**
 * Changes what people say of a recording. A new date is in the database at once, and a durable run brings it to the index.
 * @param changeOf what changes of the recording as it stands. Another request may change that meanwhile; it is asked again then.
 * @returns the recording as it is then; null when it is gone
 * @throws AskError `invalid_request` when it would end before its start
 */
export async function reviseRecording(
  { recordings, imports, dateChanges, libraryGateway }: ReviseDependencies,
  { id, ...owner }: Pick<Recording, 'id' | 'projectId' | 'mode' | 'endUserId'>,
  changeOf: (standing: Recording) => RecordingChange,
): Promise<Recording | null> {
  const tenant = narrowToEndUser(owner, owner.endUserId);
  let isRedated = false;
  const noteNewDate = async (standing: Recording, { startedAt }: RecordingChange) => {
    if (isRedated || startedAt === undefined) return;
    // An earlier request may have failed before it started the run.
    isRedated = startedAt !== standing.startedAt || (await dateChanges.list(tenant, id)).length > 0;
    if (isRedated) await dateChanges.note(standing);
  };
  const revising = recordings.revise(tenant, id, async (standing) => {
    const details = detailsOf(standing, changeOf(standing));
    await noteNewDate(standing, details);
    return details;
  });
  // Also where the change is refused in the end: what was written of it may have been read.
  const revised = await revising.finally(() => (isRedated ? libraryGateway.startRedating(tenant, id) : undefined));
  // On FerretDB this update may have written an earlier status over the one of an import that ended beside it.
  const settled = revised && (await settleRecording({ recordings, imports }, tenant, id));
  return settled?.recording ?? revised;
}

function detailsOf(standing: Recording, change: RecordingChange): Partial<RecordingDetails> {
  const { startedAt, endedAt, transcriptionId } = { ...standing, ...change };
  if (startedAt !== null && endedAt !== null && endedAt < startedAt)
    throw invalidField('ended_at', 'must not be before started_at');
  // A transcript knows better how long it is.
  const isMeasured = transcriptionId !== null || !('startedAt' in change || 'endedAt' in change);
  return isMeasured ? change : { ...change, durationMs: durationBetween(startedAt, endedAt) };
}
