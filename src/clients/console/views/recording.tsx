import type { RecordingId } from '../../sdk/wire-types.ts';
import { useTranscript } from '../hooks/use-transcript.ts';
import { clock, countOf, dayAndTime } from '../lib/format.ts';
import { RecordingMenu } from '../parts/library/recording-menu.tsx';
import { Page } from '../parts/page/page.tsx';
import { Problem } from '../parts/page/problem.tsx';
import { SkeletonRows } from '../parts/page/skeleton-rows.tsx';
import { Transcript } from '../parts/transcript/transcript.tsx';
import { useConsole } from '../state/console.ts';
import { links } from '../state/lib/hash-router.ts';
import { nameOf } from '../state/library/recording-names.ts';

/** A recording with its transcript. */
export function RecordingView({ id, at }: { id: RecordingId; at: number | null }) {
  const { recordings } = useConsole();
  const { data, failure, reload } = useTranscript(id, at);
  if (data === null) {
    return (
      <Page title="Recording">
        {failure === null ? <SkeletonRows what="the transcript" /> : <Problem failure={failure} onRetry={reload} />}
      </Page>
    );
  }
  const { recording, size } = data;
  const actions = (
    <>
      {recording.status === 'completed' && (
        <a class="button primary" href={links.new({ type: 'recording', recording_id: id })}>
          Ask about this recording
        </a>
      )}
      <RecordingMenu
        recording={recording}
        onChanged={(now) => {
          recordings.replace(now);
          reload();
        }}
        onDeleted={() => {
          recordings.remove([id]);
          location.hash = links.recordings();
        }}
      />
    </>
  );
  return (
    <Page key="loaded" title={nameOf(recording)} actions={actions} keepsPlace={at !== null} leavesFocus={at !== null}>
      <p class="muted">
        {recording.started_at === null
          ? `Imported ${dayAndTime(recording.created_at)}, no date of its own`
          : dayAndTime(recording.started_at)}
        {recording.duration_ms !== null && ` · ${clock(recording.duration_ms)}`} · {countOf(size, 'segment')}
      </p>
      {failure !== null && <Problem failure={failure} onRetry={reload} />}
      <Transcript transcript={data} at={at} />
    </Page>
  );
}
