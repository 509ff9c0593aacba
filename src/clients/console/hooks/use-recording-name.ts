import { useEffect, useState } from 'preact/hooks';
import type { RecordingId } from '../../sdk/wire-types.ts';
import { useConsole } from '../state/console.ts';

/** The name of a recording; its id until that is known, and where this key may not know more. */
export function useRecordingName(id: RecordingId): string {
  const { names } = useConsole();
  const [name, setName] = useState<string>(id);
  useEffect(() => void names.of(id).then(setName), [names, id]);
  return name;
}
