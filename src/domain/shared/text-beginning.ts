/** The first `length` UTF-16 units of a text, or one fewer, so that it never ends in half a character: JSON may not hold one. */
export function beginningOf(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
