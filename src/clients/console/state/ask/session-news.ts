import type { SessionId } from '../../../sdk/wire-types.ts';

/** All tabs of this browser hear of a session's turns. */
const channel = new BroadcastChannel('ask.sessions');

export function announceNews(session: SessionId): void {
  channel.postMessage(session);
}

const LOOK_MS = 10_000;

/**
 * Calls `hear` when another tab tells of the session, and `look` now and then while this tab is seen: other devices and
 * programs tell nobody. @returns a function that ends it
 */
export function watchSession(session: SessionId, { hear, look }: { hear: () => void; look: () => void }): () => void {
  const heard = ({ data }: MessageEvent) => {
    if (data === session) hear();
  };
  const looked = () => {
    if (document.visibilityState === 'visible') look();
  };
  const timer = setInterval(looked, LOOK_MS);
  channel.addEventListener('message', heard);
  document.addEventListener('visibilitychange', looked);
  return () => {
    clearInterval(timer);
    channel.removeEventListener('message', heard);
    document.removeEventListener('visibilitychange', looked);
  };
}
