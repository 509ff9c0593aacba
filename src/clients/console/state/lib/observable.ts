import { useLayoutEffect, useState } from 'preact/hooks';

/** Something whose changes views follow, and that goes on while no view shows it. */
export class Observable {
  readonly #listeners = new Set<() => void>();

  /** @returns what ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  protected changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Renders anew with every change. */
export function useObservable(observable: Observable): void {
  const [, update] = useState(0);
  // At once: a change between what is shown and a later subscription would never be seen.
  useLayoutEffect(() => observable.subscribe(() => update((n) => n + 1)), [observable]);
}
