/** An instant as a `datetime-local` field has it, in the reader's zone. */
export function fieldTime(iso: string | null): string {
  if (iso === null) return '';
  const at = new Date(iso);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** What such a field holds, as an instant; null when it is empty. */
export function instantOf(field: string): string | null {
  return field === '' ? null : new Date(field).toISOString();
}
