import { useEffect, useState } from 'preact/hooks';
import { useConsole } from '../../state/console.ts';
import { useObservable } from '../../state/lib/observable.ts';
import { TRANSCRIPT_FILES } from '../../state/library/import-file.ts';
import { ImportProgress } from './import-progress.tsx';

/** Takes transcripts by drag and drop or from the file picker, and shows how far each one is. */
export function ImportArea({ onImported }: { onImported: () => void }) {
  const { imports, ownEndUser } = useConsole();
  useObservable(imports);
  const add = (files: File[]) => imports.add(files, ownEndUser);
  const [over, setOver] = useState(false);

  const { news } = imports;
  useEffect(() => {
    if (news > 0) onImported();
  }, [news, onImported]);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    add([...(event.dataTransfer?.files ?? [])]);
  }

  return (
    <section aria-label="Import">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop files on; the picker inside does the same. */}
      <div
        class={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <label class="button">
          Import transcripts
          <input
            type="file"
            class="visually-hidden"
            multiple
            accept={TRANSCRIPT_FILES}
            onChange={(event) => {
              add([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
        </label>
        <p class="muted small">or drop them here: WebVTT, SubRip, text or JSON, as many as you like</p>
      </div>
      <ImportProgress imports={imports} />
    </section>
  );
}
