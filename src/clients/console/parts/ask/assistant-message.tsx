import { useEffect, useMemo, useState } from 'preact/hooks';
import type { AskResult, Message, SessionId, Turn } from '../../../sdk/wire-types.ts';
import { modelName } from '../../lib/model-name.ts';
import { piecesOf } from '../../state/answer/pieces.ts';
import { keepEndInView } from '../../state/ask/keep-end-in-view.ts';
import { AnswerText } from '../answer/answer-text.tsx';
import { CopyAnswer } from '../answer/copy-answer.tsx';
import { GroundingNote } from '../answer/grounding-note.tsx';
import { RetrievalNote } from '../answer/retrieval-note.tsx';
import { Sources } from '../answer/sources.tsx';
import { TurnTimeline } from '../answer/turn-timeline.tsx';

interface Props {
  message: Extract<Message, { role: 'assistant' }>;
  session: SessionId;
  /** The turn that gave it; null where that is not known. */
  turn: Turn['turn_id'] | null;
  /** What was read for it, where this tab saw it being answered. */
  retrieval: AskResult['retrieval'];
}

/** A stored answer with what it rests on and how it came to be. */
export function AssistantMessage({ message, session, turn, retrieval }: Props) {
  const pieces = useMemo(() => piecesOf(message), [message]);
  // The list of messages, from which this answer is read later, does not have it.
  const [seen, setSeen] = useState(retrieval);
  if (seen === null && retrieval !== null) setSeen(retrieval);
  useEffect(() => {
    if (seen !== null) keepEndInView();
  }, [seen]);
  const { tokens, provider, model, finish_reason, grounding, sources } = message;
  return (
    <li class="message">
      <AnswerText pieces={pieces} session={session} doubts={grounding?.unsupported ?? []} />
      <GroundingNote grounding={grounding} />
      {seen !== null && <RetrievalNote retrieval={seen} />}
      <div class="row answer-foot">
        <p class="muted small grow">
          {modelName(provider, model)} · {tokens.input.toLocaleString()} tokens in
          {tokens.cached > 0 && ` (${tokens.cached.toLocaleString()} cached)`}, {tokens.output.toLocaleString()} out
          {tokens.estimated && ' (estimated)'}
          {finish_reason === 'length' && ' · cut off at its longest'}
        </p>
        <CopyAnswer pieces={pieces} />
      </div>
      <Sources sources={sources} pieces={pieces} session={session} />
      {turn !== null && <TurnTimeline place={{ session_id: session, turn_id: turn }} running={false} />}
    </li>
  );
}
