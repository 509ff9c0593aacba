import type { ApiClient } from '../../sdk/api-client.ts';

/** The name of a recording, else its id. */
export type NameOf = (recordingId: string) => Promise<string>;

/** Remembers the names of the recordings it has met. */
export function recordingNames(client: ApiClient): NameOf {
  const names = new Map<string, string>();
  return async (id) => {
    const known = names.get(id);
    if (known !== undefined) return known;
    // The key lacks `recordings:read`, or the recording was deleted since. Then the id must do.
    const name = await client.recording(id).then(
      (recording) => recording.name ?? id,
      () => id,
    );
    names.set(id, name);
    return name;
  };
}
