import { useEffect, useRef } from 'preact/hooks';
import type { Message, Moment, Session, SessionId } from '../../sdk/wire-types.ts';
import { useSession } from '../hooks/use-session.ts';
import { useTurn } from '../hooks/use-turn.ts';
import { Composer } from '../parts/ask/composer.tsx';
import { ConversationList } from '../parts/ask/conversation.tsx';
import { TranscriptPanel } from '../parts/library/transcript-panel.tsx';
import { Loading } from '../parts/page/loading.tsx';
import { Page } from '../parts/page/page.tsx';
import { Problem } from '../parts/page/problem.tsx';
import { isRunning, type LiveTurn } from '../state/ask/live-turn.ts';
import { scopeName } from '../state/ask/scope-name.ts';
import { useConsole } from '../state/console.ts';
import { links } from '../state/lib/hash-router.ts';

/** A session: the conversation, the next question, and beside it the moment that a citation points to. */
export function SessionView({ id, at }: { id: SessionId; at: Moment | null }) {
  const { turns } = useConsole();
  const turn = useTurn(id);
  const { data, failure, reload } = useSession(id);

  const answer = turn?.result?.message.id;
  const stands = data?.messages.some((message) => message.id === answer) === true;
  // The last message before the turn began.
  const stood = useRef<Message['id'] | undefined>(undefined);
  if (turn === null) stood.current = data?.messages.at(-1)?.id;
  useEffect(() => {
    if (answer !== undefined) reload();
  }, [answer, reload]);
  useEffect(() => {
    if (stands) turns.clear(id);
  }, [stands, turns, id]);

  const notYet = failure === null ? <Loading what="the session" /> : <Problem failure={failure} onRetry={reload} />;
  if (data === null && turn === null) return <Page title="Session">{notYet}</Page>;
  const running = turn !== null && isRunning(turn);
  const shown = stands || (running && isAnswered(turn, data?.messages ?? [], stood.current)) ? null : turn;
  return (
    <div class={at === null ? 'session' : 'session with-panel'}>
      <Page key="conversation" title={data?.session.title ?? 'New session'} leavesFocus={turn !== null}>
        {data === null ? notYet : <About session={data.session} />}
        <ConversationList id={id} messages={data?.messages ?? []} turn={shown} />
        <Composer
          conversation={id}
          running={running}
          onAsk={(content, provider) => turns.ask(id, content, provider)}
          onStop={running && turn.place !== null && !turn.stopping ? () => void turns.stop(id) : null}
        />
      </Page>
      {at !== null && <TranscriptPanel key={at.recording_id} at={at} close={links.session(id)} />}
    </div>
  );
}

/** Whether its answer was read with the messages, before the turn's own events told of it. */
function isAnswered(turn: LiveTurn, messages: readonly Message[], stood: Message['id'] | undefined): boolean {
  const [question, last] = messages.slice(-2);
  return last?.role === 'assistant' && last.id !== stood && question?.content === turn.content;
}

function About({ session: { scope } }: { session: Session }) {
  const [recording] = scope.type === 'recording' ? scope.recording_ids : [];
  return (
    <p class="muted">
      {recording === undefined ? scopeName(scope) : <a href={links.recording(recording)}>{scopeName(scope)}</a>}
    </p>
  );
}
