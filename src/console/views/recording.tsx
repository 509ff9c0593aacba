import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { Transcript } from '../parts/transcript.tsx';
import { nameOf } from '../state/recording-names.ts';
import { links } from '../state/router.ts';
import { useTranscript } from '../state/use-transcript.ts';
import type { RecordingId } from '../types.ts';
import { clock, counted, dayAndTime } from '../words.ts';

/** A recording with its transcript. */
export function RecordingView({ id, at }: { id: RecordingId; at: number | null }) {
  const { data, failure, reload } = useTranscript(id);
  if (data === null) {
    return (
      <Page title="Recording">
        {failure === null ? <Loading what="the transcript" /> : <Problem failure={failure} onRetry={reload} />}
      </Page>
    );
  }
  const { recording, segments } = data;
  const ask = (
    <a class="button primary" href={links.new({ type: 'recording', recording_id: id })}>
      Ask about this recording
    </a>
  );
  return (
    <Page key="loaded" title={nameOf(recording)} actions={recording.status === 'completed' && ask}>
      <p class="muted">
        {dayAndTime(recording.started_at ?? recording.created_at)}
        {recording.duration_ms !== null && ` · ${clock(recording.duration_ms)}`} · {counted(segments.length, 'segment')}
      </p>
      <Transcript segments={segments} at={at} />
    </Page>
  );
}
