import { useState } from 'preact/hooks';
import type { RecordingId } from '../../sdk/wire-types.ts';
import { useRecordings } from '../hooks/use-recordings.ts';
import { countOf } from '../lib/format.ts';
import { ImportArea } from '../parts/library/import-area.tsx';
import { RecordingRow } from '../parts/library/recording-row.tsx';
import { Empty } from '../parts/page/empty.tsx';
import { ListEnd } from '../parts/page/list-end.tsx';
import { Page } from '../parts/page/page.tsx';
import { useConsole } from '../state/console.ts';
import { links } from '../state/lib/hash-router.ts';

/** What there is to ask about: every recording, the way to add more, and to choose some of them. */
export function RecordingsView() {
  const { endUser } = useConsole();
  const pages = useRecordings(endUser?.id ?? null);
  const [chosen, setChosen] = useState<readonly RecordingId[]>([]);
  const choose = (id: RecordingId, on: boolean) =>
    setChosen((before) => (on ? [...before, id] : before.filter((other) => other !== id)));

  const { items } = pages;
  return (
    <Page title="Recordings" actions={items !== null && items.length > 0 && <AskLink chosen={chosen} />}>
      <ImportArea onImported={pages.reload} />
      {items?.length === 0 && (
        <Empty title="No recordings yet">
          Drop a transcript above. It can be asked about as soon as it is indexed, which takes seconds.
        </Empty>
      )}
      <ul class="plain list" aria-label="Recordings">
        {items?.map((recording) => (
          <RecordingRow
            key={recording.id}
            recording={recording}
            chosen={chosen.includes(recording.id)}
            onChoose={(on) => choose(recording.id, on)}
          />
        ))}
      </ul>
      <ListEnd pages={pages} what="recordings" />
    </Page>
  );
}

/** The service takes as many recordings in one session. */
const MOST_CHOSEN = 100;

function AskLink({ chosen }: { chosen: readonly RecordingId[] }) {
  const selected = chosen.slice(0, MOST_CHOSEN);
  const scope =
    selected.length > 0 ? { type: 'selected' as const, recording_ids: selected } : { type: 'library' as const };
  return (
    <a class="button primary" href={links.new(scope)}>
      {selected.length > 0 ? `Ask about ${countOf(selected.length, 'recording')}` : 'Ask about all'}
    </a>
  );
}
