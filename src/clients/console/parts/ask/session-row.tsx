import { useState } from 'preact/hooks';
import type { Session } from '../../../sdk/wire-types.ts';
import { countOf, dayAndTime } from '../../lib/format.ts';
import { problemOf } from '../../lib/problem.ts';
import { scopeName } from '../../state/ask/scope-name.ts';
import { useConsole } from '../../state/console.ts';
import { links } from '../../state/lib/hash-router.ts';

/** A session in the list. Deleting it takes a second click. */
export function SessionRow({ session, onDeleted }: { session: Session; onDeleted: () => void }) {
  const { api } = useConsole();
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const { id, title } = session;

  async function remove() {
    if (!asked) return setAsked(true);
    await api.deleteSession(id).then(onDeleted, setFailure);
  }

  return (
    <li class="row item">
      <div class="grow">
        <a class="item-name" href={links.session(id)}>
          {title}
        </a>
        <p class="muted small">
          {scopeName(session.scope)} · {countOf(session.message_count, 'message')} ·{' '}
          {dayAndTime(session.last_message_at ?? session.created_at)}
        </p>
        {failure !== null && <p role="alert">{problemOf(failure).title}.</p>}
      </div>
      <button
        type="button"
        class="quiet"
        onClick={remove}
        onBlur={() => setAsked(false)}
        aria-label={asked ? `Really delete ${title}?` : `Delete ${title}`}
      >
        {asked ? 'Really delete?' : 'Delete'}
      </button>
    </li>
  );
}
