import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Segment } from '../../../sdk/wire-types.ts';
import { clock } from '../../lib/format.ts';
import { Empty } from '../page/empty.tsx';

/** What was said, by whom and when. The segment at `at` (in milliseconds) is brought into view and highlighted. */
export function Transcript({ segments, at }: { segments: readonly Segment[]; at: number | null }) {
  const highlighted = at === null ? -1 : segmentAt(segments, at);
  const element = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    if (highlighted < 0) return;
    if (element.current !== null) show(element.current);
  }, [highlighted]);

  if (segments.length === 0) return <Empty title="No transcript yet">Import one for this recording by the API.</Empty>;
  return (
    <ol class="plain transcript" aria-label="Transcript">
      {segments.map(({ start, speaker, text }, index) => {
        const here = index === highlighted;
        return (
          <li
            // Segments never change their order, and have no id.
            key={index}
            ref={here ? element : null}
            class={here ? 'segment highlighted' : 'segment'}
            aria-current={here ? 'true' : undefined}
            tabIndex={here ? -1 : undefined}
          >
            <span class="segment-time">{clock(start * 1000)}</span>
            <div>
              {speaker !== null && speaker !== segments[index - 1]?.speaker && (
                <span class="segment-speaker">{speaker}</span>
              )}
              <p>{text}</p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** The last segment that has begun by then. */
function segmentAt(segments: readonly Segment[], ms: number): number {
  return segments.findLastIndex(({ start }) => Math.round(start * 1000) <= ms);
}

/** Beside a conversation only the transcript scrolls, not the page with it. */
function show(segment: HTMLElement): void {
  const panel = segment.closest('.panel');
  const { top } = segment.getBoundingClientRect();
  if (panel === null) segment.scrollIntoView({ block: 'center' });
  else panel.scrollTop += top - panel.getBoundingClientRect().top - panel.clientHeight / 3;
  segment.focus({ preventScroll: true });
}
