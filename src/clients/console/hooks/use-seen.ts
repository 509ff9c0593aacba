import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Whoever scrolls past an element has not seen it. */
const STAYS_MS = 300;

/** Whether the element has stayed in the window for a moment. Once seen, it counts as seen. */
export function useSeen(element: RefObject<Element | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (element.current === null || isSeen) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(([entry]) => {
      clearTimeout(timer);
      if (entry?.isIntersecting) timer = setTimeout(() => setSeen(true), STAYS_MS);
    });
    observer.observe(element.current);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [element, isSeen]);
  return isSeen;
}
