/** How far from the end one may be and still be taken to read along. */
const NEAR_PX = 240;

/** Scrolls on as the page grows, unless its reader went elsewhere in it. */
export function keepEndInView(): void {
  const { scrollHeight } = document.documentElement;
  const below = scrollHeight - (scrollY + innerHeight);
  if (below > 0 && below < NEAR_PX) scrollTo({ top: scrollHeight });
}
