/** Less than half of what silence may last (`policies.ts`). Temporal stores each: one a second would soon write more than a turn. */
const HEARTBEAT_MS = 2_000;

/** Gives signs of life for as long as the work goes on, which carry Temporal's wish to stop it. */
export async function withHeartbeat<T>(heartbeat: () => void, work: () => Promise<T>): Promise<T> {
  const beating = setInterval(heartbeat, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}
