/** `Monday 5 January 2026`, in this zone. Versions of Node put a comma behind the weekday, or none. */
export function dateText(instant: string, timezone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: timezone,
  })
    .format(new Date(instant))
    .replaceAll(',', '');
}
