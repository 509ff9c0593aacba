import { useState } from 'preact/hooks';
import { countOf } from '../../lib/format.ts';
import { links } from '../../state/lib/hash-router.ts';
import type { RecordingList } from '../../state/library/recording-list.ts';
import { nameOf } from '../../state/library/recording-names.ts';
import { DeleteRecordings } from './delete-recordings.tsx';

/** The most recordings that the service takes in one session. */
const MOST = 100;
const NAMED = 3;

/** What is chosen, by name, and what can be done with it. */
export function ChosenBar({ list }: { list: RecordingList }) {
  const [isDeleting, setDeleting] = useState(false);
  const chosen = [...list.ticks.values()];
  if (chosen.length === 0) return null;
  const ids = chosen.map(({ id }) => id);
  const names = chosen.slice(0, NAMED).map(nameOf).join(', ');
  const rest = chosen.length - NAMED;
  return (
    <section class="chosen-bar" aria-label="Chosen recordings">
      <div class="grow">
        <p class="two-lines">
          <strong>{chosen.length} chosen:</strong> <bdi>{names}</bdi>
          {rest > 0 && ` and ${rest} more`}
        </p>
        {chosen.length > MOST && <p class="bad">One session takes {MOST}.</p>}
      </div>
      <div class="row">
        <button type="button" class="quiet" onClick={() => list.tick(chosen, false)}>
          Clear
        </button>
        <button type="button" class="danger-words" onClick={() => setDeleting(true)}>
          Delete
        </button>
        {chosen.length <= MOST && (
          <a class="button primary" href={links.new({ type: 'selected', recording_ids: ids })}>
            Ask about {countOf(chosen.length, 'recording')}
          </a>
        )}
      </div>
      {isDeleting && (
        <DeleteRecordings recordings={chosen} onDeleted={() => list.remove(ids)} onClose={() => setDeleting(false)} />
      )}
    </section>
  );
}
