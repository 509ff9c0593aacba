import type { RecordingId } from '../../sdk/wire-types.ts';
import { useTranscript } from '../hooks/use-transcript.ts';
import { clock, countOf, dayAndTime } from '../lib/format.ts';
import { Transcript } from '../parts/library/transcript.tsx';
import { Loading } from '../parts/page/loading.tsx';
import { Page } from '../parts/page/page.tsx';
import { Problem } from '../parts/page/problem.tsx';
import { links } from '../state/lib/hash-router.ts';
import { nameOf } from '../state/library/recording-names.ts';

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
        {recording.duration_ms !== null && ` · ${clock(recording.duration_ms)}`} · {countOf(segments.length, 'segment')}
      </p>
      <Transcript segments={segments} at={at} />
    </Page>
  );
}
