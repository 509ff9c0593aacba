import type { Citation, SessionId } from '../../../sdk/wire-types.ts';
import { clock } from '../../lib/format.ts';
import { labelOf, type Piece } from '../../state/answer/pieces.ts';
import { links } from '../../state/lib/hash-router.ts';
import { CARD, type Hovered } from './quote-card.tsx';

interface Props {
  piece: Piece;
  citation: Citation;
  session: SessionId;
  onHover: (hovered: Hovered | null) => void;
}

/** The number of a citation. It leads to the moment; under the pointer or the focus it shows what is said there. */
export function CitationLink({ piece, citation, session, onHover }: Props) {
  const label = labelOf(piece);
  const show = ({ currentTarget }: { currentTarget: HTMLElement }) =>
    onHover({ citation, place: currentTarget.getBoundingClientRect() });
  const hide = () => onHover(null);
  return (
    <a
      class="citation"
      href={links.session(session, citation)}
      aria-label={`${label}: show the moment at ${clock(citation.start_ms)}`}
      aria-describedby={CARD}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
      onClick={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {label}
    </a>
  );
}
