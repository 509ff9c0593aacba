import type { Recording } from '../../../sdk/wire-types.ts';
import { clock, day } from '../../lib/format.ts';
import { links } from '../../state/lib/hash-router.ts';
import { nameOf } from '../../state/library/recording-names.ts';

interface Props {
  recording: Recording;
  chosen: boolean;
  onChoose: (on: boolean) => void;
}

export function RecordingRow({ recording, chosen, onChoose }: Props) {
  const name = nameOf(recording);
  const askable = recording.status === 'completed';
  return (
    <li class="row item">
      <input
        type="checkbox"
        aria-label={`Choose ${name}`}
        checked={chosen}
        disabled={!askable}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <a class="grow item-name" href={links.recording(recording.id)}>
        {name}
      </a>
      <span class="muted small item-facts">
        {askable ? recording.duration_ms !== null && clock(recording.duration_ms) : STATUSES[recording.status]}
        <span>{day(recording.started_at ?? recording.created_at)}</span>
      </span>
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
