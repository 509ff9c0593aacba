/** A duration as the protocol has it; its seconds may be a `Long`. */
interface Duration {
  seconds?: unknown;
  nanos?: number | null;
}

export function milliseconds(duration: Duration | null | undefined): number {
  return Number(duration?.seconds ?? 0) * 1_000 + (duration?.nanos ?? 0) / 1e6;
}

/** How a log tells after how long the next run begins; nothing where it begins at once. */
export function delayOf(duration: Duration | null | undefined): { afterMs?: number } {
  const afterMs = milliseconds(duration);
  return afterMs > 0 ? { afterMs } : {};
}
