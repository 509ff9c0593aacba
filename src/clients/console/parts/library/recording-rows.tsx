import { useEffect, useRef } from 'preact/hooks';
import { usePageRows } from '../../hooks/use-virtual-rows.ts';
import type { RecordingList } from '../../state/library/recording-list.ts';
import { RecordingRow } from './recording-row.tsx';

/** Must equal the height in the style sheet. */
const ROW_PX = 68;
/** More is read when this many rows are left below the window. */
const AHEAD = 30;

/** The rows that are in the window, of a list of any length. */
export function RecordingRows({ list }: { list: RecordingList }) {
  const items = list.items ?? [];
  const element = useRef<HTMLUListElement>(null);
  const { drawn, height } = usePageRows(element, { count: items.length, estimate: () => ROW_PX });
  const isNearEnd = (drawn.at(-1)?.index ?? 0) > items.length - AHEAD;
  useEffect(() => {
    if (isNearEnd && list.items !== null && list.failure === null) list.more();
  }, [isNearEnd, list.items, list.failure, list]);
  return (
    <ul ref={element} class="plain list rows" aria-label="Recordings" style={{ height: `${height}px` }}>
      {drawn.map(({ index, top }) => {
        const recording = items[index];
        if (recording === undefined) return null;
        const place = { position: index + 1, size: list.isWhole ? items.length : -1, top };
        return <RecordingRow key={recording.id} recording={recording} list={list} place={place} />;
      })}
    </ul>
  );
}
