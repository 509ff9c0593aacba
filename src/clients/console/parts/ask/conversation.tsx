import type { Message, SessionId } from '../../../sdk/wire-types.ts';
import { isRunning, type LiveTurn } from '../../state/ask/live-turn.ts';
import { openQuestion } from '../../state/ask/settled-turn.ts';
import { AssistantMessage } from './assistant-message.tsx';
import { LiveAnswer } from './live-answer.tsx';
import { OpenQuestion } from './open-question.tsx';
import { UserMessage } from './user-message.tsx';

interface Props {
  id: SessionId;
  messages: readonly Message[];
  /** The turn that does not stand in the messages yet. */
  turn: LiveTurn | null;
}

/**
 * The messages of a session, each question without an answer with the reason, then the question on its way. An answer
 * keeps its place when it goes from the one to the other, and a screen reader hears of it when it is whole.
 */
export function ConversationList({ id, messages, turn }: Props) {
  const open = openQuestion(messages);
  const isItsQuestion = turn !== null && turn.asked.content === open?.content;
  const rows = messages.flatMap((message, index) => {
    const [before, next] = [messages[index - 1], messages[index + 1]];
    if (message.role === 'assistant') return [answerRow(id, message, before)];
    const asked = <UserMessage key={message.id} content={message.content} />;
    if (next?.role === 'assistant' || (isItsQuestion && message === open)) return [asked];
    return [asked, <OpenQuestion key={`${message.id} open`} question={message} session={id} />];
  });
  if (turn !== null && !isItsQuestion) rows.push(<UserMessage key="asked" content={turn.asked.content} />);
  if (turn !== null) rows.push(turnRow(id, turn));
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

type AnswerMessage = Extract<Message, { role: 'assistant' }>;

function answerRow(id: SessionId, message: AnswerMessage, before: Message | undefined) {
  const turn = before?.role === 'user' ? before.turn_id : null;
  return <AssistantMessage key={message.id} message={message} session={id} turn={turn} />;
}

function turnRow(id: SessionId, turn: LiveTurn) {
  if (turn.result === null) return <LiveAnswer key="live" turn={turn} conversation={id} />;
  const { message, sources, turn_id } = turn.result;
  const answer = { ...message, sources };
  return <AssistantMessage key={message.id} message={answer} session={id} turn={turn_id} />;
}
