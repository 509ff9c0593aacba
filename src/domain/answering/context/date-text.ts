/** By zone; slow to make, and a catalogue writes hundreds of dates. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** `Monday 5 January 2026`, in this zone. Versions of Node put a comma behind the weekday, or none. */
export function dateText(instant: string, timezone: string): string {
  const format = formats.get(timezone) ?? formatIn(timezone);
  formats.set(timezone, format);
  return format.format(new Date(instant)).replaceAll(',', '');
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  });
}
