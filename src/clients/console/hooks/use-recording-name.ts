import { useEffect, useState } from 'preact/hooks';
import type { RecordingId } from '../../sdk/wire-types.ts';
import { useConsole } from '../state/console.ts';

/** The name of a recording. It is the id until the name is known, and when the key may not read it. */
export function useRecordingName(id: RecordingId): string {
  const { names } = useConsole();
  const [name, setName] = useState<string>(id);
  useEffect(() => void names.of(id).then(setName), [names, id]);
  return name;
}
