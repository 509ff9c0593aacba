const PAUSE_MS = 50;

/**
 * Repeats a probe until it succeeds.
 * @throws the last failure when `signal` is aborted first
 */
export async function poll(probe: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
