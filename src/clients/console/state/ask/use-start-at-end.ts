import { useLayoutEffect } from 'preact/hooks';

/** A conversation is read from its end: it starts there once it is loaded. */
export function useStartAtEnd(isLoaded: boolean): void {
  useLayoutEffect(() => {
    if (isLoaded) scrollToEnd();
  }, [isLoaded]);
}

export function scrollToEnd(isSmooth = false): void {
  const moves = isSmooth && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  scrollTo({ top: document.documentElement.scrollHeight, behavior: moves ? 'smooth' : 'instant' });
}
