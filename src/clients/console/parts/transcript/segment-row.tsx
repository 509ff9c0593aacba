import type { RecordingId, Segment } from '../../../sdk/wire-types.ts';
import { clock } from '../../lib/format.ts';
import { links } from '../../state/lib/hash-router.ts';
import { Marked } from '../page/marked.tsx';

interface Props {
  /** Its index among all segments, how many they are, and where it stands in their list, in pixels. */
  place: { index: number; size: number; top: number };
  recording: RecordingId;
  segment: Segment;
  isSameSpeaker: boolean;
  isShown: boolean;
  /** Words of it to mark. */
  marked: string | null;
  measure(row: HTMLElement | null): void;
}

/** A stretch of speech. Its time is a link to the moment, which can be copied. */
export function SegmentRow({ place, recording, segment, isSameSpeaker, isShown, marked, measure }: Props) {
  const { start, speaker, text } = segment;
  const ms = Math.round(start * 1000);
  return (
    <li
      ref={measure}
      class={isShown ? 'segment highlighted' : 'segment'}
      style={{ top: `${place.top}px` }}
      data-index={place.index}
      aria-posinset={place.index + 1}
      aria-setsize={place.size}
      aria-current={isShown ? 'true' : undefined}
      tabIndex={isShown ? -1 : undefined}
    >
      <a class="segment-time" href={links.recording(recording, ms)} aria-label={`Link to ${clock(ms)}`}>
        {clock(ms)}
      </a>
      <div>
        {!isSameSpeaker && (
          <span class="segment-speaker" dir="auto">
            {speaker ?? 'Unknown speaker'}
          </span>
        )}
        <p dir="auto">{marked === null ? text : <Marked text={text} words={[marked]} />}</p>
      </div>
    </li>
  );
}
