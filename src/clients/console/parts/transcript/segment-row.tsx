import type { RefObject } from 'preact';
import type { RecordingId, Segment } from '../../../sdk/wire-types.ts';
import { clock } from '../../lib/format.ts';
import { links } from '../../state/lib/hash-router.ts';
import { Marked } from '../page/marked.tsx';

interface Props {
  recording: RecordingId;
  segment: Segment;
  isSameSpeaker: boolean;
  isShown: boolean;
  /** Words of it to mark. */
  marked: string | null;
  element: RefObject<HTMLLIElement | null> | null;
}

/** A stretch of speech. Its time is a link to the moment, which can be copied. */
export function SegmentRow({ recording, segment, isSameSpeaker, isShown, marked, element }: Props) {
  const { start, speaker, text } = segment;
  const ms = Math.round(start * 1000);
  return (
    <li
      ref={element}
      class={isShown ? 'segment highlighted' : 'segment'}
      aria-current={isShown ? 'true' : undefined}
      tabIndex={isShown ? -1 : undefined}
    >
      <a class="segment-time" href={links.recording(recording, ms)} aria-label={`Link to ${clock(ms)}`}>
        {clock(ms)}
      </a>
      <div>
        {!isSameSpeaker && <span class="segment-speaker">{speaker ?? 'Unknown speaker'}</span>}
        <p>{marked === null ? text : <Marked text={text} words={[marked]} />}</p>
      </div>
    </li>
  );
}
