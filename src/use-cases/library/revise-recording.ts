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
 * @param options.ifUndated changes nothing where somebody has dated it meanwhile
 * @returns the recording as it is then; null when it is gone
 * @throws AskError `invalid_request` when it would end before its start
 */
export async function reviseRecording(
  { recordings, imports, dateChanges, libraryGateway }: ReviseDependencies,
  recording: Recording,
  change: RecordingChange,
  options: { ifUndated?: boolean } = {},
): Promise<Recording | null> {
  const tenant = narrowToEndUser(recording, recording.endUserId);
  const { startedAt, endedAt, transcriptionId } = { ...recording, ...change };
  if (startedAt !== null && endedAt !== null && endedAt < startedAt)
    throw invalidField('ended_at', 'must not be before started_at');
  // A transcript knows better how long it is.
  const isMeasured = transcriptionId !== null || !('startedAt' in change || 'endedAt' in change);
  const details = isMeasured ? change : { ...change, durationMs: durationBetween(startedAt, endedAt) };
  const isRedated =
    startedAt !== recording.startedAt ||
    // An earlier request may have failed before it started the run.
    ('startedAt' in change && (await dateChanges.list(tenant, recording.id)).length > 0);
  if (isRedated) await dateChanges.note(recording);
  const revised = await recordings.revise(tenant, recording.id, details, options);
  if (isRedated) await libraryGateway.startRedating(tenant, recording.id);
  // On FerretDB this update may have written an earlier status over the one of an import that ended beside it.
  const settled = revised && (await settleRecording({ recordings, imports }, tenant, recording.id));
  return settled?.recording ?? revised;
}
