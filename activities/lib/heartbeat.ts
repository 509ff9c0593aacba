/** Less than half of the heartbeat timeout in `policies.ts`. Temporal stores each heartbeat: one a second would write more than a turn does. */
const HEARTBEAT_MS = 2_000;

/** Sends heartbeats while the work goes on. Their replies tell the activity that it is cancelled. */
export async function withHeartbeat<T>(heartbeat: () => void, work: () => Promise<T>): Promise<T> {
  const beating = setInterval(heartbeat, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}
