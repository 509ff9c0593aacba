import { turnError } from '../../../sdk/api-error.ts';
import type { SessionId } from '../../../sdk/wire-types.ts';
import { messageAgain } from '../../state/ask/asked-message.ts';
import { isBeingAnswered, type Question } from '../../state/ask/settled-turn.ts';
import { useConsole } from '../../state/console.ts';
import { TurnTimeline } from '../answer/turn-timeline.tsx';
import { Problem } from '../page/problem.tsx';

/** Stands in place of an answer. It says why there is none and offers to ask again. */
export function OpenQuestion({ question, session }: { question: Question; session: SessionId }) {
  const { turns } = useConsole();
  const { turn_id, status, error } = question;
  const again = () => turns.ask(session, messageAgain(question));
  const isAnswered = isBeingAnswered(question);
  return (
    <li class="message">
      {status === 'failed' && error !== null ? (
        <Problem failure={turnError(error)} action="Ask again" onRetry={again} />
      ) : (
        <div class="row">
          <p class="muted small grow">{isAnswered ? 'Being answered…' : (WORDS[status ?? ''] ?? NO_ANSWER)}</p>
          {!isAnswered && (
            <button type="button" onClick={again}>
              Ask again
            </button>
          )}
        </div>
      )}
      {turn_id !== null && <TurnTimeline place={{ session_id: session, turn_id }} running={isAnswered} />}
    </li>
  );
}

const NO_ANSWER = 'This question has no answer yet.';
const WORDS: Record<string, string> = { cancelled: 'Stopped. The question is kept.' };
