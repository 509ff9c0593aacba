import type { Message, SessionId } from '../../../sdk/wire-types.ts';
import { isRunning, type LiveTurn } from '../../state/ask/live-turn.ts';
import { useConsole } from '../../state/console.ts';
import { Empty } from '../page/empty.tsx';
import { AssistantMessage } from './assistant-message.tsx';
import { LiveAnswer } from './live-answer.tsx';
import { UserMessage } from './user-message.tsx';

interface Props {
  id: SessionId;
  messages: readonly Message[];
  /** The turn that does not stand in the messages yet. */
  turn: LiveTurn | null;
}

/**
 * The messages of a session, then the question on its way, or the one that nobody answered. An answer keeps its place
 * when it goes from the one to the other, and a screen reader hears of it when it is whole.
 */
export function ConversationList({ id, messages, turn }: Props) {
  if (messages.length === 0 && turn === null) {
    return <Empty title="Nothing was asked yet">Write a question below. Enter sends it.</Empty>;
  }
  const last = messages.at(-1);
  const unanswered = last?.role === 'user' ? last.content : null;
  const rows = [
    ...messages.map((message) => <MessageRow key={message.id} message={message} session={id} />),
    ...(turn !== null && turn.content !== unanswered ? [<UserMessage key="asked" content={turn.content} />] : []),
    ...(turn !== null ? [turnRow(id, turn)] : []),
    ...(turn === null && unanswered !== null ? [<Unanswered key="unanswered" id={id} content={unanswered} />] : []),
  ];
  return (
    <ol
      class="plain conversation"
      aria-label="Conversation"
      aria-live="polite"
      aria-busy={turn !== null && isRunning(turn)}
    >
      {rows}
    </ol>
  );
}

function turnRow(id: SessionId, turn: LiveTurn) {
  if (turn.result === null) return <LiveAnswer key="live" turn={turn} conversation={id} />;
  const { message, sources } = turn.result;
  return <MessageRow key={message.id} message={{ ...message, sources }} session={id} />;
}

function MessageRow({ message, session }: { message: Message; session: SessionId }) {
  return message.role === 'user' ? (
    <UserMessage content={message.content} />
  ) : (
    <AssistantMessage message={message} session={session} />
  );
}

function Unanswered({ id, content }: { id: SessionId; content: string }) {
  const { turns } = useConsole();
  return (
    <li class="message row">
      <p class="muted grow">This question has no answer yet.</p>
      <button type="button" onClick={() => turns.ask(id, content, null)}>
        Ask again
      </button>
    </li>
  );
}
