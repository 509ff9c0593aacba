import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Segment } from '../../../sdk/wire-types.ts';
import { speakersOf, type TranscriptSearch } from '../../state/library/transcript-search.ts';
import { Icon } from '../page/icon.tsx';

interface Props {
  segments: readonly Segment[];
  /** Whether all segments are here. */
  isWhole: boolean;
  /** Whether it takes the place of the browser's own search, which finds only what is drawn. */
  takesFind: boolean;
  search: TranscriptSearch;
  /** How many segments were found. */
  found: number;
  /** Which of them is shown, from 0. */
  chosen: number;
  onSearch: (search: TranscriptSearch) => void;
  onChoose: (chosen: number) => void;
}

/** Finds words and speakers in a transcript, and leads from one to the next. Enter goes on, Shift and Enter back. */
export function TranscriptFinder({ segments, isWhole, takesFind, search, found, chosen, onSearch, onChoose }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!takesFind) return;
    const find = (event: KeyboardEvent) => {
      // A second time it is the browser's.
      if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || document.activeElement === field.current) return;
      event.preventDefault();
      field.current?.select();
    };
    addEventListener('keydown', find);
    return () => removeEventListener('keydown', find);
  }, [takesFind]);
  const speakers = useMemo(() => speakersOf(segments), [segments]);
  const step = (by: number) => found > 0 && onChoose((chosen + by + found) % found);
  const isSearching = search.words.trim() !== '' || search.speaker !== null;
  return (
    <search class="row finder">
      <input
        ref={field}
        type="search"
        class="grow"
        aria-label="Search this transcript"
        placeholder="Search this transcript"
        value={search.words}
        onInput={({ currentTarget }) => onSearch({ ...search, words: currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          step(event.shiftKey ? -1 : 1);
        }}
      />
      {speakers.length > 0 && (
        <select
          aria-label="Speaker"
          value={search.speaker ?? ''}
          onChange={({ currentTarget }) => onSearch({ ...search, speaker: currentTarget.value || null })}
        >
          <option value="">Everybody</option>
          {speakers.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
      <span class="muted small finder-count" role="status">
        {isSearching && (found === 0 ? 'Not found' : `${chosen + 1} of ${found}`)}
        {isSearching && !isWhole && ' so far'}
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label="Previous place"
        disabled={found === 0}
        onClick={() => step(-1)}
      >
        <Icon name="previous" />
      </button>
      <button type="button" class="icon-button" aria-label="Next place" disabled={found === 0} onClick={() => step(1)}>
        <Icon name="next" />
      </button>
    </search>
  );
}
