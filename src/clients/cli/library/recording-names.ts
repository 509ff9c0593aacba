import type { ApiClient } from '../../sdk/api-client.ts';

/** Says what a recording is called: its name, else its id. */
export type NameOf = (recordingId: string) => Promise<string>;

/** Remembers the names of the recordings it has met. */
export function recordingNames(client: ApiClient): NameOf {
  const names = new Map<string, string>();
  return async (id) => {
    const known = names.get(id);
    if (known !== undefined) return known;
    // A key without `recordings:read`, or a recording deleted since: the id tells as much.
    const name = await client.recording(id).then(
      (recording) => recording.name ?? id,
      () => id,
    );
    names.set(id, name);
    return name;
  };
}
