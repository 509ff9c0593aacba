import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** How many rows are rendered above and below the window. */
const SPARE = 8;

/**
 * Which rows of a long list of equally high rows are in the window.
 * @returns the index of the first one, and of the one after the last
 */
export function useWindowRows(
  list: RefObject<HTMLElement | null>,
  { count, height }: { count: number; height: number },
): [number, number] {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const look = () => {
      const above = -(list.current?.getBoundingClientRect().top ?? 0);
      setTop(Math.max(0, Math.floor(above / height) - SPARE));
    };
    look();
    addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    return () => {
      removeEventListener('scroll', look);
      removeEventListener('resize', look);
    };
  }, [list, height, count]);
  return [Math.min(top, count), Math.min(count, top + Math.ceil(innerHeight / height) + 2 * SPARE)];
}
