/** About how many words are embedded together. Half a chunk has one subject, and a whole chunk mixes several. */
const WINDOW_WORDS = 100;

/** The text in windows of equal length. A text without words is one window. */
export function windowsOf(text: string): string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const count = Math.max(1, Math.round(words.length / WINDOW_WORDS));
  const size = Math.ceil(words.length / count) || 1;
  const windows = Array.from({ length: count }, (_, i) => words.slice(i * size, (i + 1) * size).join(' '));
  return windows.filter((window, i) => i === 0 || window !== '');
}
