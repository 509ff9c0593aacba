import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RecordingId, Segment } from '../../../sdk/wire-types.ts';
import { findQuote } from '../../state/library/find-quote.ts';
import { findSegments, type TranscriptSearch } from '../../state/library/transcript-search.ts';
import { Empty } from '../page/empty.tsx';
import { SegmentRow } from './segment-row.tsx';
import { TranscriptFinder } from './transcript-finder.tsx';

interface Props {
  recording: RecordingId;
  segments: readonly Segment[];
  /** The moment to show, in milliseconds. */
  at: number | null;
  /** The words that are cited there. */
  quote?: string | null;
}

const NOTHING: TranscriptSearch = { words: '', speaker: null };

/** What was said, by whom and when. The segment at the moment is brought into view, with the cited words marked. */
export function Transcript({ recording, segments, at, quote = null }: Props) {
  const [search, setSearch] = useState(NOTHING);
  const [chosen, setChosen] = useState(0);
  const cited = at === null ? -1 : segmentAt(segments, at);
  const quoted = useMemo(
    () => (quote === null || cited < 0 ? new Map<number, string>() : findQuote(segments, cited, quote)),
    [segments, cited, quote],
  );
  const found = useMemo(() => findSegments(segments, search), [segments, search]);
  const shown = found.length > 0 ? (found[chosen] ?? -1) : cited;
  const element = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    // Whoever types a search stays in its field.
    if (element.current !== null) show(element.current, found.length === 0);
  }, [shown, found]);

  if (segments.length === 0) return <Empty title="No transcript yet">Import one for this recording by the API.</Empty>;
  return (
    <>
      <TranscriptFinder
        segments={segments}
        search={search}
        found={found.length}
        chosen={chosen}
        onSearch={(next) => {
          setSearch(next);
          setChosen(0);
        }}
        onChoose={setChosen}
      />
      <ol class="plain transcript" aria-label="Transcript">
        {segments.map((segment, index) => (
          <SegmentRow
            // Segments never change their order, and have no id.
            key={index}
            recording={recording}
            segment={segment}
            isSameSpeaker={index > 0 && segment.speaker === segments[index - 1]?.speaker && index !== shown}
            isShown={index === shown}
            marked={search.words.trim() === '' ? (quoted.get(index) ?? null) : search.words}
            element={index === shown ? element : null}
          />
        ))}
      </ol>
    </>
  );
}

/** The last segment that has begun by then. */
function segmentAt(segments: readonly Segment[], ms: number): number {
  return segments.findLastIndex(({ start }) => Math.round(start * 1000) <= ms);
}

/** Beside a conversation only the transcript scrolls, not the page with it. */
function show(segment: HTMLElement, takesFocus: boolean): void {
  const panel = segment.closest('.panel');
  const { top } = segment.getBoundingClientRect();
  if (panel === null) segment.scrollIntoView({ block: 'center' });
  else panel.scrollTop += top - panel.getBoundingClientRect().top - panel.clientHeight / 3;
  if (takesFocus) segment.focus({ preventScroll: true });
}
