/** What this tab remembers until it is closed; other tabs and later visits never see it. */
export function recall<T>(name: string, fallback: T): T {
  const text = sessionStorage.getItem(name);
  return text === null ? fallback : JSON.parse(text);
}

export function remember(name: string, value: unknown): void {
  sessionStorage.setItem(name, JSON.stringify(value));
}

/** Remembers one entry of a record; `undefined`, which JSON leaves out, forgets it. */
export function rememberEntry<T>(name: string, key: string, entry: T | undefined): void {
  remember(name, { ...recall<Record<string, T>>(name, {}), [key]: entry });
}
