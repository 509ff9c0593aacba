import { useMemo } from 'preact/hooks';
import type { Message, SessionId, Turn } from '../../../sdk/wire-types.ts';
import { modelName } from '../../lib/model-name.ts';
import { piecesOf } from '../../state/answer/pieces.ts';
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
}

/** A stored answer with what it rests on and how it came to be. */
export function AssistantMessage({ message, session, turn }: Props) {
  const pieces = useMemo(() => piecesOf(message), [message]);
  const place = turn === null ? null : { session_id: session, turn_id: turn };
  const { tokens, provider, model, finish_reason, grounding, sources } = message;
  return (
    <li class="message">
      <AnswerText pieces={pieces} session={session} doubts={grounding?.unsupported ?? []} />
      <GroundingNote grounding={grounding} />
      {place !== null && <RetrievalNote place={place} />}
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
      {place !== null && <TurnTimeline place={place} running={false} />}
    </li>
  );
}
