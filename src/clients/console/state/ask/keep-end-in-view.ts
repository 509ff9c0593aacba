/** A reader who is at most this far from the end follows it. */
const NEAR_PX = 240;

/** Scrolls as the page grows, unless the reader has scrolled away from its end. */
export function keepEndInView(): void {
  const { scrollHeight } = document.documentElement;
  const below = scrollHeight - (scrollY + innerHeight);
  if (below > 0 && below < NEAR_PX) scrollTo({ top: scrollHeight });
}
