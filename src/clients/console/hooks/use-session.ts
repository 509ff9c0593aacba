import { useEffect, useRef } from 'preact/hooks';
import type { Message, Page, Session, SessionId } from '../../sdk/wire-types.ts';
import { watchSession } from '../state/ask/session-news.ts';
import { useConsole } from '../state/console.ts';
import { useLoad } from '../state/lib/use-load.ts';

/** A session and its whole conversation, oldest first, read again whenever something was asked or answered in it. */
export function useSession(id: SessionId) {
  const { api } = useConsole();
  const loaded = useLoad<{ session: Session; messages: Message[] }>(id, async () => {
    const session = await api.session(id);
    const messages: Message[] = [];
    for (let query: string | null = ''; query !== null; ) {
      const page: Page<Message> = await api.messages(id, `limit=100${query}`);
      messages.push(...page.data);
      query = page.next_cursor === null ? null : `&cursor=${encodeURIComponent(page.next_cursor)}`;
    }
    return { session, messages };
  });

  const { data, reload } = loaded;
  const known = useRef<Session | undefined>(undefined);
  known.current = data?.session;
  useEffect(() => {
    const look = async () => {
      const now = await api.session(id).catch(() => null);
      if (now !== null && now.updated_at !== known.current?.updated_at) reload();
    };
    return watchSession(id, { hear: reload, look });
  }, [api, id, reload]);
  return loaded;
}
