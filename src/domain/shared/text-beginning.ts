/** The first so many UTF-16 units of a text, or one fewer where that would leave half a character, which no JSON may hold. */
export function beginningOf(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
