import { useMemo, useState } from 'preact/hooks';
import type { Message, SessionId } from '../../../sdk/wire-types.ts';
import { markWords } from '../../state/answer/cited-words.ts';
import { readMarkdown } from '../../state/answer/markdown.ts';
import type { Piece } from '../../state/answer/pieces.ts';
import { CitationLink } from './citation-link.tsx';
import { markdownNodes } from './markdown-nodes.ts';
import { type Hovered, QuoteCard } from './quote-card.tsx';

interface Props {
  pieces: readonly Piece[];
  /** null while the session is not known. Citations are no links then. */
  session: SessionId | null;
  /** What the cited lines do not show. */
  doubts?: readonly Doubt[];
}

type Doubt = NonNullable<Extract<Message, { role: 'assistant' }>['grounding']>['unsupported'][number];

/** An answer with its Markdown; each citation leads to the moment in the transcript, and shows its words on hover. */
export function AnswerText({ pieces, session, doubts = [] }: Props) {
  const tokens = useMemo(() => readMarkdown(pieces), [pieces]);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const citation = (index: number) => {
    const piece = pieces[index];
    if (piece === undefined || piece.citation === null) return null;
    if (session === null) return piece.text;
    return <CitationLink piece={piece} citation={piece.citation} session={session} onHover={setHovered} />;
  };
  const doubtful = doubts.flatMap(({ text }) => text ?? []);
  const words = (text: string) =>
    markWords(text, doubtful, { whole: true }).map((part) =>
      part.marked ? (
        <mark class="doubt" title="The cited lines do not show this.">
          {part.text}
        </mark>
      ) : (
        part.text
      ),
    );
  return (
    <>
      <div class="answer" dir="auto">
        {markdownNodes(tokens, { citation, words })}
      </div>
      {hovered !== null && <QuoteCard {...hovered} />}
    </>
  );
}
