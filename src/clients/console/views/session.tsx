import { useEffect } from 'preact/hooks';
import type { Moment, SessionId } from '../../sdk/wire-types.ts';
import { useSession } from '../hooks/use-session.ts';
import { useTurn } from '../hooks/use-turn.ts';
import { Composer } from '../parts/ask/composer.tsx';
import { ConversationList } from '../parts/ask/conversation.tsx';
import { HashedWordsNote } from '../parts/ask/hashed-words-note.tsx';
import { JumpToEnd } from '../parts/ask/jump-to-end.tsx';
import { Suggestions } from '../parts/ask/suggestions.tsx';
import { Page } from '../parts/page/page.tsx';
import { Problem } from '../parts/page/problem.tsx';
import { SkeletonRows } from '../parts/page/skeleton-rows.tsx';
import { ScopeWords } from '../parts/session/scope-words.tsx';
import { SessionMenu } from '../parts/session/session-menu.tsx';
import { TranscriptPanel } from '../parts/transcript/transcript-panel.tsx';
import { messageAgain, newMessage } from '../state/ask/asked-message.ts';
import { isRunning } from '../state/ask/live-turn.ts';
import { scopeOf } from '../state/ask/scope-of.ts';
import { isBeingAnswered, isSettled, openQuestion } from '../state/ask/settled-turn.ts';
import { useStartAtEnd } from '../state/ask/use-start-at-end.ts';
import { useConsole } from '../state/console.ts';
import { links } from '../state/lib/hash-router.ts';

/** A session: the conversation, the next question, and beside it the moment that a citation points to. */
export function SessionView({ id, at }: { id: SessionId; at: Moment | null }) {
  const { turns } = useConsole();
  const turn = useTurn(id);
  const { data, failure, reload } = useSession(id);
  const messages = data?.messages ?? [];

  const running = turn !== null && isRunning(turn);
  const hasEnded = turn !== null && !running;
  const settled = turn !== null && isSettled(turn, messages);
  useEffect(() => {
    if (hasEnded) reload();
  }, [hasEnded, turn?.place?.turn_id, reload]);
  useEffect(() => {
    if (settled && !running) turns.clear(id);
  }, [settled, running, turns, id]);

  const open = openQuestion(messages);
  const followed = open !== null && isBeingAnswered(open) ? open.turn_id : null;
  useEffect(() => {
    if (open !== null && followed !== null) turns.follow({ session_id: id, turn_id: followed }, messageAgain(open));
  }, [followed, turns, id]);
  useStartAtEnd(data !== null);

  const notYet =
    failure === null ? <SkeletonRows what="the session" /> : <Problem failure={failure} onRetry={reload} />;
  if (data === null && turn === null) return <Page title="Session">{notYet}</Page>;
  const ask = (content: string) => turns.ask(id, newMessage(content));
  const isEmpty = data !== null && messages.length === 0 && turn === null;
  return (
    <div class={at === null ? 'session' : 'session with-panel'}>
      <Page
        key="conversation"
        title={data?.session.title ?? 'New session'}
        actions={data && <SessionMenu session={data.session} onChanged={reload} />}
        leavesFocus={turn !== null}
      >
        {data === null ? notYet : <ScopeWords scope={data.session.scope} />}
        {data !== null && data.session.scope.type !== 'recording' && <HashedWordsNote />}
        <ConversationList id={id} messages={messages} turn={settled ? null : turn} />
        {isEmpty && <Suggestions scope={scopeOf(data.session)} onAsk={ask} />}
        <JumpToEnd />
        <Composer
          conversation={id}
          running={running && !settled}
          onAsk={ask}
          onStop={running && turn.place !== null && !turn.stopping ? () => void turns.stop(id) : null}
        />
      </Page>
      {at !== null && <TranscriptPanel key={at.recording_id} at={at} messages={messages} close={links.session(id)} />}
    </div>
  );
}
