import { useEffect } from 'preact/hooks';
import { ApiError } from '../../../sdk/api-error.ts';
import { keepEndInView } from '../../state/ask/keep-end-in-view.ts';
import { isRunning, type LiveTurn } from '../../state/ask/live-turn.ts';
import type { Conversation } from '../../state/ask/turns.ts';
import { useConsole } from '../../state/console.ts';
import { AnswerText } from '../answer/answer-text.tsx';
import { Sources } from '../answer/sources.tsx';
import { TurnTimeline } from '../answer/turn-timeline.tsx';
import { Problem } from '../page/problem.tsx';

/** An answer while it is written: the current step, the text so far, and the error if it failed. */
export function LiveAnswer({ turn, conversation }: { turn: LiveTurn; conversation: Conversation }) {
  const { turns } = useConsole();
  const { place, pieces, sources, failure } = turn;
  const running = isRunning(turn);
  const session = place?.session_id ?? null;
  // Each piece moves the end.
  useEffect(keepEndInView, [pieces]);
  return (
    <li class="message">
      {pieces.length > 0 && <AnswerText pieces={pieces} session={session} />}
      <div class="row">
        <p class="muted small status grow" role="status">
          {running && <span class="pulse" aria-hidden="true" />}
          {statusOf(turn)}
        </p>
        {wasStopped(failure) && (
          <button type="button" onClick={() => turns.retry(conversation)}>
            Ask again
          </button>
        )}
      </div>
      {failure !== null && !wasStopped(failure) && (
        <Problem failure={failure} onRetry={() => turns.retry(conversation)} />
      )}
      {session !== null && <Sources sources={sources} pieces={pieces} session={session} />}
      {place !== null && <TurnTimeline place={place} running={running} />}
    </li>
  );
}

function statusOf({ phase, attempt, stopping, failure }: LiveTurn): string {
  if (wasStopped(failure)) return 'Stopped. The question is kept.';
  if (stopping && phase !== 'failed') return 'Stopping…';
  if (phase === 'searching' && attempt > 1) return `The model did not answer; attempt ${attempt}…`;
  return STATUSES[phase];
}

const STATUSES: Record<LiveTurn['phase'], string> = {
  sending: 'Sending…',
  searching: 'Reading the recordings…',
  answering: 'Answering…',
  reconnecting: 'The connection broke; reconnecting…',
  completed: '',
  failed: '',
  refused: '',
};

function wasStopped(failure: unknown): boolean {
  return failure instanceof ApiError && failure.error.code === 'turn_cancelled';
}
