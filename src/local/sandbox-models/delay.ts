import { setTimeout } from 'node:timers/promises';
import type { Context } from 'koa';

/** Waits as a slow model does. @returns false as soon as the client has given up. */
export async function delay(ctx: Context, ms: number): Promise<boolean> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  ctx.res.once('close', leave);
  try {
    return await setTimeout(ms, true, { signal: gone.signal });
  } catch {
    return false;
  } finally {
    ctx.res.off('close', leave);
  }
}
