import { useConsole } from '../state/console.ts';
import type { LiveTurn } from '../state/live-turn.ts';
import type { Message, SessionId } from '../types.ts';
import { AssistantMessage } from './assistant-message.tsx';
import { Empty } from './empty.tsx';
import { LiveAnswer } from './live-answer.tsx';
import { UserMessage } from './user-message.tsx';

interface Props {
  id: SessionId;
  messages: readonly Message[];
  /** The turn that does not stand in the messages yet. */
  turn: LiveTurn | null;
}

/** The messages of a session, then the question on its way, or the one that nobody answered. */
export function ConversationList({ id, messages, turn }: Props) {
  const last = messages.at(-1);
  const unanswered = last?.role === 'user' ? last : null;
  if (messages.length === 0 && turn === null) {
    return <Empty title="Nothing was asked yet">Write a question below. Enter sends it.</Empty>;
  }
  return (
    <ol class="plain conversation" aria-label="Conversation">
      {messages.map((message) =>
        message.role === 'user' ? (
          <UserMessage key={message.id} content={message.content} />
        ) : (
          <AssistantMessage key={message.id} message={message} session={id} />
        ),
      )}
      {turn !== null && unanswered?.content !== turn.content && <UserMessage key="asked" content={turn.content} />}
      {turn !== null && <LiveAnswer key="live" turn={turn} conversation={id} />}
      {turn === null && unanswered !== null && <Unanswered key="unanswered" id={id} content={unanswered.content} />}
    </ol>
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
