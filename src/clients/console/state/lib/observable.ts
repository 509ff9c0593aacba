import { useLayoutEffect, useState } from 'preact/hooks';

/** A value whose changes views follow. It goes on changing while no view shows it. */
export class Observable {
  readonly #listeners = new Set<() => void>();

  /** @returns a function that ends the subscription */
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
  // Subscribes at once, because a change before a later subscription would never be seen.
  useLayoutEffect(() => observable.subscribe(() => update((n) => n + 1)), [observable]);
}
