import type { SearchResults } from '../../../sdk/wire-types.ts';
import { useRecordingName } from '../../hooks/use-recording-name.ts';
import { clock, day } from '../../lib/format.ts';
import { links } from '../../state/lib/hash-router.ts';
import { excerptOf } from '../../state/library/excerpt.ts';
import { Marked } from '../page/marked.tsx';

interface Props {
  source: SearchResults['results'][number];
  /** What was searched for. */
  words: string;
}

export function FoundPassage({ source, words }: Props) {
  const { recording_id, start_ms, speaker, recorded_at, chunk_text } = source;
  const name = useRecordingName(recording_id);
  const excerpt = excerptOf(chunk_text, words);
  return (
    <li class="card passage">
      <p class="row small">
        <a class="grow" href={links.recording(recording_id, start_ms)}>
          <bdi>{name}</bdi> {clock(start_ms)}
        </a>
        <span class="muted">
          <bdi>{speaker ?? 'Unknown speaker'}</bdi>
          {recorded_at !== null && ` · ${day(recorded_at)}`}
        </span>
      </p>
      <p class="said" dir="auto">
        <Marked text={excerpt.text} words={excerpt.words} />
      </p>
    </li>
  );
}
