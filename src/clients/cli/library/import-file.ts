import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EndUserId, TranscriptionId } from '../../../domain/shared/ids.ts';
import type { ApiClient } from '../../sdk/api-client.ts';
import { ApiError } from '../../sdk/api-error.ts';
import { dateInName } from '../../sdk/lib/date-in-name.ts';
import type { Recording } from '../../sdk/wire-types.ts';
import { CliError, sentenceOf } from '../lib/failure.ts';
import { contentTypeOf, readTranscriptFile } from './transcript-file.ts';

export interface Source {
  file: string;
  /** undefined: that of the file. */
  name: string | undefined;
  /** When the meeting began; undefined: what the name of the file says, else the JSON of its tool, which the service reads. */
  startedAt: string | undefined;
  /** undefined: that of the key. */
  endUserId: EndUserId | undefined;
  /** null: UTF-8, or UTF-16 with a byte order mark. */
  charset: string | null;
}

/** The outcome of a file, as `--json` shows it. The ids tell how far a failed import came. */
export interface Outcome {
  file: string;
  recording_id: string | null;
  transcription_id: string | null;
  status: 'completed' | 'failed';
  error: string | null;
}

export interface ImportResult {
  outcome: Outcome;
  /** An earlier run had imported the file already. */
  wasThere: boolean;
  /** Why it failed; null when it did not. */
  failure: unknown;
}

/** Called now and then while a transcription is being indexed. */
export type Watch = (transcriptionId: TranscriptionId) => Promise<void>;

const FIRST_WAIT_MS = 250;
// The service counts requests, so a long import is polled less often.
const LONGEST_WAIT_MS = 3_000;

/**
 * Imports one file and waits until it can be asked about. The recording has an external id that follows from the file, so
 * a repeated import goes on where an earlier one stopped, and leaves alone what is there.
 */
export async function importFile(client: ApiClient, source: Source, watch: Watch): Promise<ImportResult> {
  const { file } = source;
  const outcome: Outcome = { file, recording_id: null, transcription_id: null, status: 'failed', error: null };
  try {
    const body = await readTranscriptFile(file);
    const recording = await recordingFor(client, source, body);
    outcome.recording_id = recording.id;
    const wasThere = recording.status === 'completed';
    const own = isKept(recording) ? null : await send(client, recording, source, body);
    outcome.transcription_id = own ?? recording.transcription_id;
    if (!wasThere) await awaitIndexed(client, recording, own, watch);
    outcome.status = 'completed';
    return { outcome, wasThere, failure: null };
  } catch (failure) {
    if (isRefusal(failure) && outcome.transcription_id === null) await forget(client, outcome);
    outcome.error = sentenceOf(failure);
    return { outcome, wasThere: false, failure };
  }
}

/** The recording that an earlier import made of this file, or a new one. */
async function recordingFor(client: ApiClient, source: Source, body: Uint8Array): Promise<Recording> {
  const { file, endUserId, name = basename(file), startedAt = dateInName(basename(file)) } = source;
  try {
    return await client.createRecording({
      ...{ external_id: externalIdOf(file, body), name },
      ...(startedAt !== null && { started_at: startedAt }),
      ...(endUserId !== undefined && { end_user_id: endUserId }),
    });
  } catch (error) {
    const { id } = error instanceof ApiError && error.code === 'already_exists' ? error.details : {};
    if (typeof id !== 'string') throw error;
    return changeAsTold(client, id, source);
  }
}

/** What people said of the recording since stays, except for what this command says. */
function changeAsTold(client: ApiClient, id: string, { name, startedAt }: Source): Promise<Recording> {
  if (name === undefined && startedAt === undefined) return client.recording(id);
  return client.patchRecording(id, {
    ...(name !== undefined && { name }),
    ...(startedAt !== undefined && { started_at: startedAt }),
  });
}

/** By name and content: the same file in another folder is the same, and a changed file is another. */
function externalIdOf(file: string, body: Uint8Array): string {
  const seed = createHash('sha256')
    .update(JSON.stringify(basename(file)))
    .update(body);
  return `ask-import-${seed.digest('hex')}`;
}

/** Whether its transcript is there, or on its way. */
function isKept({ status, transcription_id }: Recording): boolean {
  return transcription_id !== null && (status === 'completed' || status === 'processing');
}

async function send(client: ApiClient, { id }: Recording, source: Source, body: Buffer<ArrayBuffer>) {
  return (await client.importTranscript(id, { contentType: contentTypeWith(source), body })).id;
}

function contentTypeWith({ file, charset }: Source): string {
  return charset === null ? contentTypeOf(file) : `${contentTypeOf(file)}; charset=${charset}`;
}

/** The service says no to the file itself; to send it again does not help. */
function isRefusal(failure: unknown): boolean {
  return failure instanceof ApiError && [400, 413, 415].includes(failure.status);
}

/** A refused file leaves no recording behind. */
async function forget(client: ApiClient, outcome: Outcome): Promise<void> {
  if (outcome.recording_id === null) return;
  const recording = await client.recording(outcome.recording_id).catch(() => null);
  // One that has a transcript got it from an earlier import.
  if (recording === null || recording.transcription_id !== null) return;
  await client.deleteRecording(recording.id).then(
    () => {
      outcome.recording_id = null;
    },
    () => undefined,
  );
}

/**
 * @param own the transcription that this import sent; null where an earlier one did
 * @throws CliError when the indexing failed
 */
async function awaitIndexed(
  client: ApiClient,
  { id }: Recording,
  own: TranscriptionId | null,
  watch: Watch,
): Promise<void> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    // The recording tells enough. The transcription would bring its segments.
    const { status, transcription_id: current } = await client.recording(id);
    if (status === 'completed' && (own === null || current === own)) return;
    const awaited = own ?? current;
    if (awaited !== null) {
      // It failed, or a later import of the same recording serves in its place.
      if (status !== 'processing' && (await hasEnded(client, awaited))) return;
      await watch(awaited);
    }
    await sleep(wait);
  }
}

async function hasEnded(client: ApiClient, id: string): Promise<boolean> {
  const { status, error } = await client.transcription(id, 'limit=1');
  if (status === 'failed') throw new CliError(`${error ?? 'The indexing failed.'} Import the file again to retry.`);
  return status !== 'processing';
}
