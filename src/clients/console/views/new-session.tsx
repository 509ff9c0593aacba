import type { Provider, RecordingId, Scope } from '../../sdk/wire-types.ts';
import { useRecordingName } from '../hooks/use-recording-name.ts';
import { useTurn } from '../hooks/use-turn.ts';
import { countOf } from '../lib/format.ts';
import { Composer } from '../parts/ask/composer.tsx';
import { LiveAnswer } from '../parts/ask/live-answer.tsx';
import { UserMessage } from '../parts/ask/user-message.tsx';
import { Empty } from '../parts/page/empty.tsx';
import { Page } from '../parts/page/page.tsx';
import { isRunning } from '../state/ask/live-turn.ts';
import { useConsole } from '../state/console.ts';
import { links } from '../state/lib/hash-router.ts';

/** Where a session begins: over what, and its first question. */
export function NewSessionView({ scope }: { scope: Scope }) {
  const { turns, endUser } = useConsole();
  const turn = useTurn('new');

  function ask(content: string, provider: Provider | null) {
    // A recording has its owner already.
    const owner = scope.type !== 'recording' && endUser !== null ? { end_user_id: endUser.id } : {};
    turns.begin({ scope, ...owner }, content, provider);
  }

  return (
    <Page title="New session">
      <p class="muted">
        About <ScopeWords scope={scope} />. <a href={links.recordings()}>Choose others</a>
      </p>
      {turn === null ? (
        <Empty title="What do you want to know?">
          Answers cite the moments that they rest on: choose a number in an answer to see it in the transcript.
        </Empty>
      ) : (
        <ol class="plain conversation" aria-label="Conversation">
          <UserMessage content={turn.content} />
          <LiveAnswer turn={turn} conversation="new" />
        </ol>
      )}
      <Composer conversation="new" running={turn !== null && isRunning(turn)} onAsk={ask} onStop={null} />
    </Page>
  );
}

function ScopeWords({ scope }: { scope: Scope }) {
  if (scope.type === 'library') return <strong>all recordings</strong>;
  if (scope.type === 'recording') return <RecordingWords id={scope.recording_id} />;
  return <strong>{countOf(scope.recording_ids.length, 'selected recording')}</strong>;
}

function RecordingWords({ id }: { id: RecordingId }) {
  return <a href={links.recording(id)}>{useRecordingName(id)}</a>;
}
