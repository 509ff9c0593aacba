import type { Recording, RecordingId, Segment } from '../../sdk/wire-types.ts';
import { useConsole } from '../state/console.ts';
import { useLoad } from '../state/lib/use-load.ts';

/** A recording and what was said in it; no segments while it has no transcript. */
export function useTranscript(id: RecordingId) {
  const { api } = useConsole();
  return useLoad<{ recording: Recording; segments: Segment[] }>(id, async () => {
    const recording = await api.recording(id);
    if (recording.transcription_id === null) return { recording, segments: [] };
    const { segments } = await api.transcription(recording.transcription_id);
    return { recording, segments };
  });
}
