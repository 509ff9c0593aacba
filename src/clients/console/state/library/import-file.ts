import type { ApiClient } from '../../../sdk/api-client.ts';
import { ApiError } from '../../../sdk/api-error.ts';
import { dateInName } from '../../../sdk/lib/date-in-name.ts';
import { sleep } from '../../../sdk/lib/sleep.ts';
import type { AcceptedTranscription, EndUserId, Recording } from '../../../sdk/wire-types.ts';

/** How far the import of a file is. */
export type ImportState =
  | { step: 'sending' }
  | { step: 'indexing' }
  | { step: 'completed'; recording: Recording }
  | { step: 'failed'; failure: unknown };

export const TRANSCRIPT_FILES = '.vtt,.srt,.sbv,.txt,.json';

/** Creates a recording with the file as its transcript, and waits until it can be asked about. */
export async function importFile(
  api: ApiClient,
  endUserId: EndUserId | null,
  file: File,
  report: (state: ImportState) => void,
): Promise<void> {
  try {
    const contentType = contentTypeOf(file.name);
    report({ step: 'sending' });
    const owner = endUserId === null ? {} : { end_user_id: endUserId };
    const started_at = dateInName(file.name);
    const name = file.name.replace(/\.\w+$/, '').slice(0, 255);
    const body = { name, ...owner, ...(started_at !== null && { started_at }) };
    const recording = await api.createRecording(body);
    const transcription = await sendTranscript(api, recording, file, contentType);
    report({ step: 'indexing' });
    report({ step: 'completed', recording: await awaitIndexed(api, recording, transcription) });
  } catch (failure) {
    report({ step: 'failed', failure });
  }
}

const CONTENT_TYPES = new Map([
  ['json', 'application/json'],
  ['vtt', 'text/vtt'],
  ['srt', 'application/x-subrip'],
  ['sbv', 'text/plain'],
  ['txt', 'text/plain'],
]);

function contentTypeOf(name: string): string {
  const type = CONTENT_TYPES.get(name.split('.').at(-1)?.toLowerCase() ?? '');
  if (type === undefined)
    throw invalidImport(`A transcript ends in ${[...CONTENT_TYPES.keys()].map((e) => `.${e}`).join(', ')}.`);
  return type;
}

function invalidImport(message: string): ApiError {
  return new ApiError(400, { code: 'invalid_request', message });
}

/** A transcript that is refused leaves no recording behind. */
async function sendTranscript(
  api: ApiClient,
  { id }: Recording,
  file: File,
  contentType: string,
): Promise<AcceptedTranscription> {
  try {
    return await api.importTranscript(id, { contentType, body: file });
  } catch (failure) {
    await api.deleteRecording(id).catch(() => undefined);
    throw failure;
  }
}

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 3_000;

/** The recording tells of its transcription too, and brings no segments along. */
async function awaitIndexed(
  api: ApiClient,
  { id }: Recording,
  transcription: AcceptedTranscription,
): Promise<Recording> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
    const recording = await api.recording(id);
    if (recording.status === 'completed') return recording;
    if (recording.status === 'failed') throw await reasonOf(api, transcription);
    await sleep(wait);
  }
}

async function reasonOf(api: ApiClient, { id }: AcceptedTranscription): Promise<ApiError> {
  const { error } = await api.transcription(id, 'limit=1');
  return invalidImport(`${error ?? 'The transcript could not be indexed.'} Import the file again.`);
}
