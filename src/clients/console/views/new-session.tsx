import type { Scope } from '../../sdk/wire-types.ts';
import { useTurn } from '../hooks/use-turn.ts';
import { Composer } from '../parts/ask/composer.tsx';
import { HashedWordsNote } from '../parts/ask/hashed-words-note.tsx';
import { LiveAnswer } from '../parts/ask/live-answer.tsx';
import { Suggestions } from '../parts/ask/suggestions.tsx';
import { UserMessage } from '../parts/ask/user-message.tsx';
import { Page } from '../parts/page/page.tsx';
import { ScopeWords } from '../parts/session/scope-words.tsx';
import { newMessage } from '../state/ask/asked-message.ts';
import { isRunning } from '../state/ask/live-turn.ts';
import { idsOf } from '../state/ask/scope-of.ts';
import { useConsole } from '../state/console.ts';
import { links } from '../state/lib/hash-router.ts';

/** Where a session begins: over what, and its first question. */
export function NewSessionView({ scope }: { scope: Scope }) {
  const { turns, endUser } = useConsole();
  const turn = useTurn('new');

  function ask(content: string) {
    // A recording has its owner already.
    const owner = scope.type !== 'recording' && endUser !== null ? { end_user_id: endUser.id } : {};
    turns.begin({ scope, ...owner }, newMessage(content));
  }

  return (
    <Page title="New session">
      <div class="row scope-row">
        <ScopeWords scope={{ type: scope.type, recording_ids: idsOf(scope) }} />
        <a href={links.recordings()}>Choose others</a>
      </div>
      {scope.type !== 'recording' && <HashedWordsNote />}
      {turn === null ? (
        <Suggestions scope={scope} onAsk={ask} />
      ) : (
        <ol class="plain conversation" aria-label="Conversation">
          <UserMessage content={turn.asked.content} />
          <LiveAnswer turn={turn} conversation="new" />
        </ol>
      )}
      <Composer conversation="new" running={turn !== null && isRunning(turn)} onAsk={ask} onStop={null} />
    </Page>
  );
}
