import type { SessionId, Source } from '../../../sdk/wire-types.ts';
import { useRecordingName } from '../../hooks/use-recording-name.ts';
import { clock, countOf } from '../../lib/format.ts';
import { type CitedSource, citedSources, markWords } from '../../state/answer/cited-words.ts';
import type { Piece } from '../../state/answer/pieces.ts';
import { links } from '../../state/lib/hash-router.ts';
import { cutAround } from '../../state/library/excerpt.ts';
import { Marked } from '../page/marked.tsx';

interface Props {
  sources: readonly Source[];
  pieces: readonly Piece[];
  session: SessionId;
}

/** What the model read, with the numbers by which the answer cites it. */
export function Sources({ sources, pieces, session }: Props) {
  if (sources.length === 0) return null;
  const all = citedSources(sources, pieces);
  const cited = all.filter(({ labels }) => labels.length > 0).length;
  return (
    <details class="more">
      <summary>
        {countOf(sources.length, 'source')}, {cited} cited
      </summary>
      <ol class="plain sources">
        {all.map((each) => (
          <SourceRow key={each.source.chunk_id} {...each} session={session} />
        ))}
      </ol>
    </details>
  );
}

function SourceRow({ source, labels, quotes, session }: CitedSource & { session: SessionId }) {
  const { recording_id, start_ms, chunk_text, speaker, score } = source;
  const name = useRecordingName(recording_id);
  return (
    <li class="source">
      <p class="row small">
        {labels.map((label) => (
          <span class="citation" key={label}>
            {label}
          </span>
        ))}
        <a class="grow" href={links.session(session, { recording_id, start_ms })}>
          <bdi>{name}</bdi> {clock(start_ms)}
        </a>
        <span class="muted">
          <bdi>{speaker ?? 'Unknown speaker'}</bdi> · score {score.toFixed(2)}
        </span>
      </p>
      <p class="said small" dir="auto">
        {chunk_text === '' ? (
          'This recording was deleted.'
        ) : (
          <Marked text={shownPart(chunk_text, quotes)} words={quotes} />
        )}
      </p>
    </li>
  );
}

/** The cited words and what stands around them; the beginning where nothing is cited. */
function shownPart(text: string, quotes: readonly string[]): string {
  const [before] = markWords(text, quotes);
  return cutAround(text, before === undefined || before.marked || quotes.length === 0 ? 0 : before.text.length);
}
