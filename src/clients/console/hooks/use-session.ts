import type { Message, Page, Session, SessionId } from '../../sdk/wire-types.ts';
import { useConsole } from '../state/console.ts';
import { useLoad } from '../state/lib/use-load.ts';

/** A session and its whole conversation, oldest first. */
export function useSession(id: SessionId) {
  const { api } = useConsole();
  return useLoad<{ session: Session; messages: Message[] }>(id, async () => {
    const session = await api.session(id);
    const messages: Message[] = [];
    for (let query: string | null = ''; query !== null; ) {
      const page: Page<Message> = await api.messages(id, `limit=100${query}`);
      messages.push(...page.data);
      query = page.next_cursor === null ? null : `&cursor=${encodeURIComponent(page.next_cursor)}`;
    }
    return { session, messages };
  });
}
