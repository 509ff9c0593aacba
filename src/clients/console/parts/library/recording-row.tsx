import type { Recording } from '../../../sdk/wire-types.ts';
import { clock, day } from '../../lib/format.ts';
import { links } from '../../state/lib/hash-router.ts';
import type { RecordingList } from '../../state/library/recording-list.ts';
import { nameOf } from '../../state/library/recording-names.ts';
import { RecordingMenu } from './recording-menu.tsx';

interface Props {
  recording: Recording;
  list: RecordingList;
  /** Its position in the list from 1, the size of the list (-1: not known yet), and where it stands, in pixels. */
  place: { position: number; size: number; top: number };
}

export function RecordingRow({ recording, list, place }: Props) {
  const { id, status, started_at, duration_ms } = recording;
  const name = nameOf(recording);
  const isReady = status === 'completed';
  const facts = [
    started_at === null ? 'no date' : day(started_at),
    ...(isReady && duration_ms !== null ? [clock(duration_ms)] : []),
    ...(isReady ? [] : [STATUSES[status]]),
  ];
  return (
    <li class="row item" style={{ top: `${place.top}px` }} aria-posinset={place.position} aria-setsize={place.size}>
      <input
        type="checkbox"
        aria-label={`Choose ${name}`}
        checked={list.ticks.has(id)}
        disabled={!isReady}
        onChange={(event) => list.tick([recording], event.currentTarget.checked)}
      />
      <div class="grow">
        <a class="item-name one-line" href={links.recording(id)}>
          {name}
        </a>
        <p class={status === 'failed' ? 'small one-line bad' : 'muted small one-line'}>{facts.join(' · ')}</p>
      </div>
      <RecordingMenu recording={recording} onChanged={(now) => list.replace(now)} onDeleted={() => list.remove([id])} />
    </li>
  );
}

const STATUSES: Record<Recording['status'], string> = {
  pending: 'no transcript yet',
  uploaded: 'waiting',
  processing: 'being indexed',
  completed: 'ready',
  failed: 'failed; import it again',
};
