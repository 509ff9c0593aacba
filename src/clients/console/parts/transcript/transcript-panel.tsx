import { useEffect, useState } from 'preact/hooks';
import type { Message, Moment } from '../../../sdk/wire-types.ts';
import { useTranscript } from '../../hooks/use-transcript.ts';
import { links } from '../../state/lib/hash-router.ts';
import { nameOf } from '../../state/library/recording-names.ts';
import { Problem } from '../page/problem.tsx';
import { SkeletonRows } from '../page/skeleton-rows.tsx';
import { Transcript } from './transcript.tsx';

interface Props {
  at: Moment;
  /** Where the citation stands, whose words are marked. */
  messages: readonly Message[];
  close: string;
}

/** The transcript that a citation points into, beside the conversation. Escape closes it. */
export function TranscriptPanel({ at, messages, close }: Props) {
  const { data, failure, reload } = useTranscript(at.recording_id, at.start_ms);
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
      {failure === null && data === null && <SkeletonRows what="the transcript" />}
      {data !== null && <Transcript transcript={data} at={at.start_ms} quote={quoteAt(at, messages)} isInPanel />}
    </aside>
  );
}

/** The words that are cited at the moment. */
function quoteAt({ recording_id, start_ms }: Moment, messages: readonly Message[]): string | null {
  const parts = messages.flatMap((message) => message.parts);
  const cited = parts.find(
    (part) => part.type === 'citation' && part.recording_id === recording_id && part.start_ms === start_ms,
  );
  return cited?.type === 'citation' ? cited.quote : null;
}
