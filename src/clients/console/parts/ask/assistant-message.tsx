import type { Message, SessionId } from '../../../sdk/wire-types.ts';
import { piecesOf } from '../../state/answer/pieces.ts';
import { turnOf } from '../../state/ask/turn-of-answer.ts';
import { AnswerText } from '../answer/answer-text.tsx';
import { Sources } from '../answer/sources.tsx';
import { TurnTimeline } from '../answer/turn-timeline.tsx';

type Answer = Extract<Message, { role: 'assistant' }>;

/** A stored answer with what it rests on and how it came to be. */
export function AssistantMessage({ message, session }: { message: Answer; session: SessionId }) {
  const turn = turnOf(message.id);
  const { tokens, provider, model, finish_reason } = message;
  return (
    <li class="message">
      <AnswerText pieces={piecesOf(message)} session={session} />
      <p class="muted small">
        {PROVIDER_NAMES[provider]} · {model} · {tokens.input} tokens in
        {tokens.cached > 0 && ` (${tokens.cached} cached)`}, {tokens.output} out
        {finish_reason === 'length' && ' · cut off at its longest'}
      </p>
      <Sources sources={message.sources} session={session} />
      {turn !== null && <TurnTimeline place={{ session_id: session, turn_id: turn }} running={false} />}
    </li>
  );
}

const PROVIDER_NAMES: Record<Answer['provider'], string> = { gemini: 'Gemini', openai: 'OpenAI', claude: 'Claude' };
