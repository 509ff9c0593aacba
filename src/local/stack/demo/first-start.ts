import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ApiClient } from '../../../clients/sdk/api-client.ts';
import { ApiError } from '../../../clients/sdk/api-error.ts';
import { createCheckedClient } from '../../../clients/sdk/checked-client.ts';
import type { EndUserId } from '../../../domain/shared/ids.ts';
import { endUserId } from '../../../http/kernel/schemas/id-schemas.ts';
import type { Report } from '../programs/locate.ts';
import { readJson, type StateDirectory, writePrivateJson } from '../state/state-directory.ts';
import { DEMO_MEETINGS, type DemoMeeting, readDemoMeeting } from './demo-meetings.ts';

/** `demo.json`. During the first start, and after an interrupted one, `end_user_id` is null or recordings are missing. */
const demoSchema = z.object({
  project_id: z.string(),
  key: z.string(),
  end_user_id: endUserId.nullable(),
  recording_ids: z.array(z.string()),
});
export type Demo = z.infer<typeof demoSchema>;

export interface FirstStartOptions {
  apiUrl: string;
  state: StateDirectory;
  /** Creates the project `demo`, unless it is there, and a test key of it. */
  issueKey(): Promise<{ project_id: string; key: string }>;
  report: Report;
}

const END_USER = { external_id: 'demo', name: 'Demo' };
const POLL_MS = 1_000;

/** What the first start made here; null when there was none. */
export function readDemo(state: StateDirectory): Promise<Demo | null> {
  return readJson(state.demo, demoSchema);
}

/**
 * Creates the demo project, its key, its end user and the sample recordings where they are missing. Each step is stored
 * before the next one, so an interrupted first start goes on where it stopped.
 */
export async function ensureDemo(options: FirstStartOptions): Promise<Demo> {
  let demo = await currentDemo(options);
  if (demo.recording_ids.length === DEMO_MEETINGS.length) return demo;
  const client = createCheckedClient({ url: options.apiUrl, key: demo.key });
  const owner = demo.end_user_id ?? (await ensureEndUser(client));
  demo = { ...demo, end_user_id: owner };
  await writePrivateJson(options.state.demo, demo);
  for (const source of DEMO_MEETINGS.slice(demo.recording_ids.length)) {
    options.report(`importing the sample meeting "${source.name}"`);
    const id = await ensureRecording(client, owner, await readDemoMeeting(source));
    demo = { ...demo, recording_ids: [...demo.recording_ids, id] };
    await writePrivateJson(options.state.demo, demo);
  }
  return demo;
}

/** The stored demo; a new one where there is none, or where the database does not know its key any more. */
async function currentDemo({ apiUrl, state, issueKey }: FirstStartOptions): Promise<Demo> {
  const demo = await readDemo(state);
  if (demo !== null && (await isKnown(apiUrl, demo.key))) return demo;
  const fresh = { ...(await issueKey()), end_user_id: null, recording_ids: [] };
  await writePrivateJson(state.demo, fresh);
  return fresh;
}

async function isKnown(apiUrl: string, key: string): Promise<boolean> {
  try {
    await createCheckedClient({ url: apiUrl, key }).endUsers('limit=1');
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'unauthorized') return false;
    throw error;
  }
}

async function ensureEndUser(client: ApiClient): Promise<EndUserId> {
  const known = await client.endUsers(`external_id=${END_USER.external_id}`);
  return known.data[0]?.id ?? (await client.createEndUser(END_USER, 'demo-end-user')).id;
}

/** @returns the id of the recording, once its transcript can be asked about */
async function ensureRecording(client: ApiClient, owner: EndUserId, meeting: DemoMeeting): Promise<string> {
  const listed = await client.recordings(`end_user_id=${owner}&limit=100`);
  const known = listed.data.find((recording) => recording.name === meeting.name);
  if (known?.status === 'completed') return known.id;
  const { id } = known ?? (await createRecording(client, owner, meeting));
  const body = JSON.stringify({ language: 'en', segments: meeting.segments });
  // Each try has its own key, because the service repeats the outcome of a known key for a day.
  const transcription = await client.importTranscript(id, { contentType: 'application/json', body }, randomUUID());
  await awaitCompleted(client, transcription.id, meeting.name);
  return id;
}

function createRecording(client: ApiClient, owner: EndUserId, meeting: DemoMeeting) {
  const body = {
    end_user_id: owner,
    name: meeting.name,
    started_at: meeting.startedAt,
    ended_at: meeting.endedAt,
  };
  return client.createRecording(body, `demo-recording-${owner}-${meeting.startedAt}`);
}

async function awaitCompleted(client: ApiClient, transcriptionId: string, name: string): Promise<void> {
  for (;;) {
    const { status } = await client.transcription(transcriptionId);
    if (status === 'completed') return;
    if (status === 'failed') throw new Error(`"${name}" could not be indexed; logs/worker.log says why`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
