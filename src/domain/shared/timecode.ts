/** Milliseconds as a recording's time: `mm:ss`, or `h:mm:ss` from an hour on. */
export function timecode(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const minutesAndSeconds = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${minutesAndSeconds}` : minutesAndSeconds;
}
