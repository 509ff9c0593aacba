import { useMemo, useState } from 'preact/hooks';
import { findQuote } from '../../state/library/find-quote.ts';
import type { LoadedTranscript } from '../../state/library/read-transcript.ts';
import { findSegments, type TranscriptSearch } from '../../state/library/transcript-search.ts';
import { Empty } from '../page/empty.tsx';
import { SegmentRows } from './segment-rows.tsx';
import { TranscriptFinder } from './transcript-finder.tsx';

interface Props {
  transcript: LoadedTranscript;
  /** The moment to show, in milliseconds. */
  at: number | null;
  /** The words that are cited there. */
  quote?: string | null;
  isInPanel?: boolean;
}

const NOTHING: TranscriptSearch = { words: '', speaker: null };

/** What was said, by whom and when. The segment at the moment is brought into view, with the cited words marked. */
export function Transcript({ transcript, at, quote = null, isInPanel = false }: Props) {
  const { recording, segments, size, isWhole } = transcript;
  const [search, setSearch] = useState(NOTHING);
  const [chosen, setChosen] = useState(0);
  const cited = at === null ? -1 : segments.findLastIndex(({ start }) => Math.round(start * 1000) <= at);
  const quoted = useMemo(
    () => (quote === null || cited < 0 ? new Map<number, string>() : findQuote(segments, cited, quote)),
    [segments, cited, quote],
  );
  const found = useMemo(() => findSegments(segments, search), [segments, search]);

  if (segments.length === 0) return <Empty title="No transcript yet">Import one for this recording by the API.</Empty>;
  return (
    <>
      <TranscriptFinder
        segments={segments}
        isWhole={isWhole}
        takesFind={!isInPanel}
        search={search}
        found={found.length}
        chosen={chosen}
        onSearch={(next) => {
          setSearch(next);
          setChosen(0);
        }}
        onChoose={setChosen}
      />
      <SegmentRows
        recording={recording.id}
        segments={segments}
        size={size}
        isInPanel={isInPanel}
        shown={found[chosen] ?? cited}
        reason={`${search.words} ${search.speaker} ${at}`}
        // Whoever types a search stays in its field.
        takesFocus={found.length === 0}
        markedIn={(index) => (search.words.trim() === '' ? (quoted.get(index) ?? null) : search.words)}
      />
    </>
  );
}
