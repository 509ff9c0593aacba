import { problemOf } from '../../lib/problem.ts';
import { links } from '../../state/lib/hash-router.ts';
import type { Import } from '../../state/library/imports.ts';
import { nameOf } from '../../state/library/recording-names.ts';

/** One file on its way to a recording that can be asked about. */
export function ImportRow({ file, state }: Import) {
  switch (state.step) {
    case 'waiting':
    case 'sending':
    case 'indexing':
      return (
        <li class="row import">
          <span class="grow">{file}</span>
          <progress aria-label={`Import of ${file}`} />
          <span class="muted small">{STEPS[state.step]}</span>
        </li>
      );
    case 'completed':
      return (
        <li class="row import">
          <span class="grow">
            {file} can be asked about now as <a href={links.recording(state.recording.id)}>{nameOf(state.recording)}</a>
            .
          </span>
          <a href={links.new({ type: 'recording', recording_id: state.recording.id })}>Ask about it</a>
        </li>
      );
    case 'failed': {
      const { title, text } = problemOf(state.failure);
      return (
        <li class="problem">
          <p>
            <strong>{file} was not imported.</strong> {title}: {text}
          </p>
        </li>
      );
    }
  }
}

const STEPS = { waiting: 'waiting', sending: 'sending', indexing: 'indexing' };
