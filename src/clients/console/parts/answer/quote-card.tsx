import type { Citation } from '../../../sdk/wire-types.ts';
import { useRecordingName } from '../../hooks/use-recording-name.ts';
import { clock } from '../../lib/format.ts';

/** The citation under the pointer or the focus, and where it stands in the window. */
export interface Hovered {
  citation: Citation;
  place: DOMRect;
}

export const CARD = 'quote-card';
const WIDTH = 340;
const MARGIN = 12;
const GAP = 6;
/** The largest size of a card. */
const HEIGHT = 180;

/** The cited words, with their speaker, recording and time. */
export function QuoteCard({ citation, place }: Hovered) {
  const { recording_id, start_ms, speaker, quote } = citation;
  const name = useRecordingName(recording_id);
  const left = Math.max(MARGIN, Math.min(place.left, innerWidth - WIDTH - MARGIN));
  const vertical =
    place.bottom + HEIGHT > innerHeight
      ? { bottom: `${innerHeight - place.top + GAP}px` }
      : { top: `${place.bottom + GAP}px` };
  return (
    <div id={CARD} class="quote-card" role="tooltip" style={{ left: `${left}px`, ...vertical }}>
      {quote !== null && <p dir="auto">“{quote}”</p>}
      <p class="muted small">
        <bdi>{speaker ?? 'Unknown speaker'}</bdi> · <bdi>{name}</bdi> · {clock(start_ms)}
      </p>
    </div>
  );
}
