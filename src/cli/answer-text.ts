import type { ApiClient, AskResult } from '../api-client/api-client.ts';
import { timecode } from '../domain/timecode.ts';

/**
 * Writes answers for people: each citation as `[name mm:ss]`.
 * @returns a function that knows the names of recordings it has met before
 */
export function answerWriter(client: ApiClient): (result: AskResult) => Promise<string> {
  const names = new Map<string, string>();
  return async ({ message }) => {
    const texts: string[] = [];
    for (const part of message.parts) {
      texts.push(part.type === 'text' ? part.text : `[${await nameOf(part.recording_id)} ${timecode(part.start_ms)}]`);
    }
    return texts.join('').trim();
  };

  async function nameOf(id: string): Promise<string> {
    const known = names.get(id);
    if (known !== undefined) return known;
    // A key without `recordings:read`, or a recording deleted since: the id tells as much.
    const name = await client.recording(id).then(
      (recording) => recording.name ?? id,
      () => id,
    );
    names.set(id, name);
    return name;
  }
}
