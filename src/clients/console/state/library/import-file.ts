import type { ApiClient } from '../../../sdk/api-client.ts';
import { ApiError } from '../../../sdk/api-error.ts';
import { dateInName } from '../../../sdk/lib/date-in-name.ts';
import { sleep } from '../../../sdk/lib/sleep.ts';
import type { AcceptedTranscription, EndUserId, Recording } from '../../../sdk/wire-types.ts';

/** How far the import of a file is: its bytes are sent, the service reads and stores them, and then indexes what was said. */
export type ImportState =
  | { step: 'sending'; share: number }
  | { step: 'reading' }
  | { step: 'indexing' }
  | { step: 'completed'; recording: Recording }
  /** `recording` is what stands already; another try goes on with it. */
  | { step: 'failed'; failure: unknown; recording: Recording | null };

export interface ImportSource {
  file: File;
  /** Whose recording it becomes; null: that of the key. */
  endUserId: EndUserId | null;
  /** What an earlier try left. */
  recording: Recording | null;
}

type Report = (state: ImportState) => void;

export const TRANSCRIPT_FILES = '.vtt,.srt,.sbv,.txt,.json';

/** Creates a recording with the file as its transcript, and waits until it can be asked about. */
export async function importFile(api: ApiClient, source: ImportSource, report: Report): Promise<void> {
  let { recording } = source;
  try {
    const contentType = contentTypeOf(source.file.name);
    report({ step: 'sending', share: 0 });
    recording ??= await createRecording(api, source);
    const onSent = (share: number) => report(share < 1 ? { step: 'sending', share } : { step: 'reading' });
    const transcription = await api.importTranscript(recording.id, { contentType, body: source.file, onSent });
    report({ step: 'indexing' });
    report({ step: 'completed', recording: await awaitIndexed(api, recording, transcription) });
  } catch (failure) {
    // A transcript that is refused leaves no recording behind.
    if (recording !== null && isRefusal(failure)) await api.deleteRecording(recording.id).catch(() => undefined);
    report({ step: 'failed', failure, recording: isRefusal(failure) ? null : recording });
  }
}

/** Whether the service, or this page, does not take the file as it is: trying again does not help. */
export function isRefusal(failure: unknown): boolean {
  return failure instanceof ApiError && failure.status >= 400 && failure.status < 500 && failure.status !== 429;
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
  if (type !== undefined) return type;
  const endings = [...CONTENT_TYPES.keys()].map((each) => `.${each}`).join(', ');
  throw new ApiError(400, { code: 'not_a_transcript', message: `A transcript ends in ${endings}.` });
}

function createRecording(api: ApiClient, { file, endUserId }: ImportSource): Promise<Recording> {
  const started_at = dateInName(file.name);
  return api.createRecording({
    name: file.name.replace(/\.\w+$/, '').slice(0, 255),
    ...(endUserId !== null && { end_user_id: endUserId }),
    ...(started_at !== null && { started_at }),
  });
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
  return new ApiError(500, { code: 'indexing_failed', message: error ?? 'The service does not say why.' });
}
