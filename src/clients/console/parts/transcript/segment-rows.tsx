import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RecordingId, Segment } from '../../../sdk/wire-types.ts';
import { usePageRows, usePanelRows } from '../../hooks/use-virtual-rows.ts';
import { SegmentRow } from './segment-row.tsx';

interface Props {
  recording: RecordingId;
  segments: readonly Segment[];
  /** How many there will be. */
  size: number;
  isInPanel: boolean;
  /** The segment to bring into view; -1 for none. A new `reason` brings it there again. */
  shown: number;
  reason: string;
  takesFocus: boolean;
  /** The words to mark in a segment. */
  markedIn(index: number): string | null;
}

const GAP_PX = 2;

/** The segments of a transcript of any length. Those near the window are drawn, and the shown and the focused one. */
export function SegmentRows({ segments, shown, reason, takesFocus, ...props }: Props) {
  const element = useRef<HTMLOListElement>(null);
  const [focused, setFocused] = useState(-1);
  const useRows = props.isInPanel ? usePanelRows : usePageRows;
  const { drawn, height, measure, scrollTo } = useRows(element, {
    count: segments.length,
    estimate: (index) => heightOf(segments, index, element.current?.clientWidth ?? USUAL_WIDTH_PX),
    gap: GAP_PX,
    kept: [shown, focused].filter((index) => index >= 0),
  });
  useLayoutEffect(() => {
    if (shown < 0) return;
    scrollTo(shown);
    const row = element.current?.querySelector<HTMLElement>(`[data-index="${shown}"]`);
    if (takesFocus) row?.focus({ preventScroll: true });
  }, [shown, reason]);
  return (
    <ol
      ref={element}
      class="plain transcript"
      aria-label="Transcript"
      style={{ height: `${height}px` }}
      onFocusIn={({ target }) => setFocused(indexAt(target))}
      onFocusOut={() => setFocused(-1)}
    >
      {drawn.map(({ index, top }) => {
        const segment = segments[index];
        if (segment === undefined) return null;
        return (
          <SegmentRow
            key={index}
            place={{ index, top, size: props.size }}
            recording={props.recording}
            segment={segment}
            isSameSpeaker={index > 0 && segment.speaker === segments[index - 1]?.speaker && index !== shown}
            isShown={index === shown}
            marked={props.markedIn(index)}
            measure={measure}
          />
        );
      })}
    </ol>
  );
}

function indexAt(target: EventTarget | null): number {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return Number(row?.dataset.index ?? -1);
}

const USUAL_WIDTH_PX = 700;
const TIME_PX = 84;
const LETTER_PX = 7.6;
const LINE_PX = 25;
const SPEAKER_PX = 22;
const PADDING_PX = 8;

/** How high a segment will be, about. The list then hardly changes its height while it is scrolled. */
function heightOf(segments: readonly Segment[], index: number, width: number): number {
  const { text, speaker } = segments[index] ?? { text: '', speaker: null };
  const lines = Math.max(1, Math.ceil((text.length * LETTER_PX) / (width - TIME_PX)));
  const isNewSpeaker = index === 0 || speaker !== segments[index - 1]?.speaker;
  return PADDING_PX + lines * LINE_PX + (isNewSpeaker ? SPEAKER_PX : 0);
}
