/** Who was there within this time, in ms, is still there. */
const LATELY_MS = 5_000;

/** Tells whether more than one owner was there lately. */
export interface Company {
  note(owner: string): void;
  areSeveral(): boolean;
}

export function createCompany(now: () => number = performance.now.bind(performance)): Company {
  let latest: string | undefined;
  let latestMs = Number.NEGATIVE_INFINITY;
  /** When anybody but the latest one was there. */
  let anotherMs = Number.NEGATIVE_INFINITY;
  return {
    note(owner) {
      if (owner !== latest) anotherMs = latestMs;
      latest = owner;
      latestMs = now();
    },
    areSeveral: () => now() - anotherMs < LATELY_MS,
  };
}
