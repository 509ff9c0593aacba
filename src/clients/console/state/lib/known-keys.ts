import { recall, remember } from './stored.ts';

const KEYS = 'ask.keys';
const CURRENT = 'ask.key';

/** The keys that were used in this tab, last one first. */
export function knownKeys(): string[] {
  return recall<string[]>(KEYS, []);
}

export function currentKey(): string | null {
  return recall<string | null>(CURRENT, null);
}

export function takeKey(key: string): void {
  remember(KEYS, [key, ...knownKeys().filter((known) => known !== key)].slice(0, 5));
  remember(CURRENT, key);
}

export function leaveKey(): void {
  remember(CURRENT, null);
}

export function forgetKey(key: string): void {
  remember(
    KEYS,
    knownKeys().filter((known) => known !== key),
  );
}

/** Enough of a key to tell it from others. */
export function maskKey(key: string): string {
  return `${/^[a-z]+_[a-z]+_/.exec(key)?.[0] ?? ''}…${key.slice(-4)}`;
}
