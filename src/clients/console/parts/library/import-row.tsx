import { fileSize } from '../../lib/format.ts';
import { problemOf } from '../../lib/problem.ts';
import { links } from '../../state/lib/hash-router.ts';
import { isRefusal } from '../../state/library/import-file.ts';
import type { Import } from '../../state/library/imports.ts';
import { nameOf } from '../../state/library/recording-names.ts';

/** One file on its way to a recording that can be asked about. */
export function ImportRow({ file, state, onRetry }: Import & { onRetry: () => void }) {
  switch (state.step) {
    case 'waiting':
    case 'sending':
    case 'reading':
    case 'indexing':
      return (
        <li class="row import">
          <span class="grow">{file.name}</span>
          {/* Without a value it shows that something goes on, and not how far. */}
          <progress aria-label={`Import of ${file.name}`} {...(state.step === 'sending' && { value: state.share })} />
          <span class="muted small import-step">{STEPS[state.step](file)}</span>
        </li>
      );
    case 'completed':
      return (
        <li class="row import">
          <span class="grow">
            {file.name} can be asked about now as{' '}
            <a href={links.recording(state.recording.id)}>{nameOf(state.recording)}</a>.
          </span>
          <a href={links.new({ type: 'recording', recording_id: state.recording.id })}>Ask about it</a>
        </li>
      );
    case 'failed': {
      const { title, text } = problemOf(state.failure);
      return (
        <li class="problem">
          <p>
            <strong>{file.name} was not imported.</strong> {title}: {text}
          </p>
          {!isRefusal(state.failure) && (
            <button type="button" onClick={onRetry}>
              Try again
            </button>
          )}
        </li>
      );
    }
  }
}

const STEPS = {
  waiting: () => 'waiting',
  sending: ({ size }: File) => `uploading ${fileSize(size)}`,
  reading: () => 'reading',
  indexing: () => 'indexing',
};
