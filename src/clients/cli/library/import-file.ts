import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EndUserId, TranscriptionId } from '../../../domain/shared/ids.ts';
import type { ApiClient } from '../../sdk/api-client.ts';
import type { AcceptedTranscription } from '../../sdk/wire-types.ts';
import { CliError, sentenceOf } from '../lib/failure.ts';
import { contentTypeOf, readTranscriptFile } from './transcript-file.ts';

export interface Source {
  file: string;
  name: string;
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

/** Called now and then while a transcription is being indexed. */
export type Watch = (transcriptionId: TranscriptionId) => Promise<void>;

const FIRST_WAIT_MS = 250;
// The service counts requests, so a long import is polled less often.
const LONGEST_WAIT_MS = 3_000;

/** Imports one file and waits until it can be asked about. A repeated import of the same file continues the first one. */
export async function importFile(client: ApiClient, source: Source, watch: Watch): Promise<Outcome> {
  const outcome: Outcome = {
    file: source.file,
    recording_id: null,
    transcription_id: null,
    status: 'failed',
    error: null,
  };
  try {
    const body = await readTranscriptFile(source.file);
    const seed = hashOf(source, body);
    const transcript = { contentType: contentTypeWith(source), body };
    const recording = await client.createRecording(recordingOf(source), `ask-import-recording-${seed}`);
    outcome.recording_id = recording.id;
    const transcription = await send(client, recording.id, transcript, seed);
    outcome.transcription_id = transcription.id;
    await awaitIndexed(client, transcription, watch);
    outcome.status = 'completed';
  } catch (error) {
    outcome.error = sentenceOf(error);
  }
  return outcome;
}

function recordingOf({ name, endUserId }: Source) {
  return { name, ...(endUserId === undefined ? {} : { end_user_id: endUserId }) };
}

function contentTypeWith({ file, charset }: Source): string {
  return charset === null ? contentTypeOf(file) : `${contentTypeOf(file)}; charset=${charset}`;
}

function hashOf({ name, endUserId, charset }: Source, body: Uint8Array): string {
  return createHash('sha256')
    .update(JSON.stringify(charset === null ? [name, endUserId] : [name, endUserId, charset]))
    .update(body)
    .digest('hex');
}

async function send(
  client: ApiClient,
  recordingId: string,
  transcript: Parameters<ApiClient['importTranscript']>[1],
  seed: string,
): Promise<AcceptedTranscription> {
  const first = await client.importTranscript(recordingId, transcript, `ask-import-transcript-${seed}`);
  // This is the outcome of an earlier import that failed, so try again.
  return first.status === 'failed' ? client.importTranscript(recordingId, transcript, randomUUID()) : first;
}

/** @throws CliError when the indexing failed. */
async function awaitIndexed(
  client: ApiClient,
  { id, recording_id, status }: AcceptedTranscription,
  watch: Watch,
): Promise<void> {
  if (status === 'completed') return;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    // The recording tells enough. The transcription would bring its segments.
    const recording = await client.recording(recording_id);
    if (recording.status === 'completed' && recording.transcription_id === id) return;
    if (recording.status === 'failed') await throwIfFailed(client, id);
    await watch(id);
    await sleep(wait);
  }
}

async function throwIfFailed(client: ApiClient, id: string): Promise<void> {
  const { status, error } = await client.transcription(id, 'limit=1');
  if (status === 'failed') throw new CliError(`${error ?? 'The indexing failed.'} Import the file again to retry.`);
}
