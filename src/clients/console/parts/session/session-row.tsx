import type { Session } from '../../../sdk/wire-types.ts';
import { countOf, dayAndTime } from '../../lib/format.ts';
import { links } from '../../state/lib/hash-router.ts';
import { ScopeName } from './scope-name.tsx';
import { SessionMenu } from './session-menu.tsx';

/** A session in the list. */
export function SessionRow({ session, onChanged }: { session: Session; onChanged: () => void }) {
  const { id, title } = session;
  return (
    <li class="row item">
      <div class="grow">
        <a class="item-name two-lines" href={links.session(id)}>
          {title}
        </a>
        <p class="muted small two-lines">
          {dayAndTime(session.last_message_at ?? session.created_at)} · {countOf(session.message_count, 'message')} ·{' '}
          <ScopeName scope={session.scope} />
        </p>
      </div>
      <SessionMenu session={session} onChanged={onChanged} onDeleted={onChanged} />
    </li>
  );
}
