import { useEffect, useState } from 'preact/hooks';
import type { Moment } from '../../../sdk/wire-types.ts';
import { useTranscript } from '../../hooks/use-transcript.ts';
import { links } from '../../state/lib/hash-router.ts';
import { nameOf } from '../../state/library/recording-names.ts';
import { Loading } from '../page/loading.tsx';
import { Problem } from '../page/problem.tsx';
import { Transcript } from './transcript.tsx';

/** The transcript that a citation points into, beside the conversation. Escape closes it. */
export function TranscriptPanel({ at, close }: { at: Moment; close: string }) {
  const { data, failure, reload } = useTranscript(at.recording_id);
  const [opener] = useState(document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    },
    [opener],
  );
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape') location.hash = close;
    };
    addEventListener('keydown', leave);
    return () => removeEventListener('keydown', leave);
  }, [close]);

  return (
    <aside class="panel" aria-label="Cited moment">
      <div class="row panel-head">
        <h2 class="grow">
          {data === null ? (
            'Transcript'
          ) : (
            <a href={links.recording(at.recording_id, at.start_ms)}>{nameOf(data.recording)}</a>
          )}
        </h2>
        <a class="button" href={close}>
          Close
        </a>
      </div>
      {failure !== null && <Problem failure={failure} onRetry={reload} />}
      {failure === null && data === null && <Loading what="the transcript" />}
      {data !== null && <Transcript segments={data.segments} at={at.start_ms} />}
    </aside>
  );
}
