import type { ApiClient } from '../../sdk/api-client.ts';
import type { Page } from '../../sdk/wire-types.ts';
import { shortened } from '../lib/output.ts';
import type { DeletableId } from './deletable-id.ts';

/** What an id stands for, and what goes with it. @throws ApiError for an unknown id. */
export function describeLoss(client: ApiClient, id: DeletableId): Promise<string> {
  if (id.startsWith('rec_')) return recordingLoss(client, id);
  return id.startsWith('eu_') ? endUserLoss(client, id) : sessionLoss(client, id);
}

async function recordingLoss(client: ApiClient, id: string): Promise<string> {
  const [{ name }, sessions] = await Promise.all([
    client.recording(id),
    client.sessions(`recording_id=${id}&scope_type=recording&limit=100`),
  ]);
  const about = sessions.data.length === 0 ? '' : `, and ${countOf(sessions, 'session')} about it alone`;
  return `the recording ${called(id, name)} with its transcript${about}. Other answers lose what they quote from it.`;
}

async function sessionLoss(client: ApiClient, id: string): Promise<string> {
  const { title, message_count } = await client.session(id);
  return `the session ${called(id, title)} with its ${counted(message_count, 'message')}.`;
}

async function endUserLoss(client: ApiClient, id: string): Promise<string> {
  const [{ name }, recordings, sessions] = await Promise.all([
    client.endUser(id),
    client.recordings(`end_user_id=${id}&limit=100`),
    client.sessions(`end_user_id=${id}&limit=100`),
  ]);
  const owned = `${countOf(recordings, 'recording')}, ${countOf(sessions, 'session')}`;
  return `the end user ${called(id, name)} with ${owned}, and each key that is restricted to them.`;
}

function called(id: string, name: string | null): string {
  return name === null ? id : `${id} “${shortened(name, 60)}”`;
}

function countOf({ data, has_more }: Page<unknown>, noun: string): string {
  return has_more ? `more than ${data.length} ${noun}s` : counted(data.length, noun);
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
}
