import type { SessionId } from '../../../sdk/wire-types.ts';
import { clock } from '../../lib/format.ts';
import type { Piece } from '../../state/ask/live-turn.ts';
import { links } from '../../state/lib/hash-router.ts';

interface Props {
  pieces: readonly Piece[];
  /** null while the session is not known yet: its citations lead nowhere then. */
  session: SessionId | null;
}

/** An answer; each citation is a link to the moment in the transcript. */
export function AnswerText({ pieces, session }: Props) {
  return (
    <p class="answer">
      {pieces.map(({ text, moment }, index) => {
        if (moment === null || session === null) return text;
        const label = `${text.replace(/[[\]]/g, '')}`;
        const time = clock(moment.start_ms);
        return (
          <a
            // Pieces are only ever added at the end.
            key={index}
            class="citation"
            href={links.session(session, moment)}
            aria-label={`${label}: show the moment at ${time}`}
            title={time}
          >
            {label}
          </a>
        );
      })}
    </p>
  );
}
