/** What this tab remembers until it is closed; other tabs and later visits never see it. */
export function recall<T>(name: string, fallback: T): T {
  return read(sessionStorage, name, fallback);
}

export function remember(name: string, value: unknown): void {
  sessionStorage.setItem(name, JSON.stringify(value));
}

/** Remembers one entry of a record; `undefined`, which JSON leaves out, forgets it. */
export function rememberEntry<T>(name: string, key: string, entry: T | undefined): void {
  remember(name, { ...recall<Record<string, T>>(name, {}), [key]: entry });
}

/** What this browser keeps, for every tab and later visit. */
export function recallKept<T>(name: string, fallback: T): T {
  return read(localStorage, name, fallback);
}

/** Keeps it; `null` removes it. */
export function keep(name: string, value: unknown): void {
  if (value === null) localStorage.removeItem(name);
  else localStorage.setItem(name, JSON.stringify(value));
}

function read<T>(storage: Storage, name: string, fallback: T): T {
  const text = storage.getItem(name);
  return text === null ? fallback : JSON.parse(text);
}
