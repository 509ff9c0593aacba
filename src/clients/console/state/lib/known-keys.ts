import { keep, recall, recallKept, remember } from './stored.ts';

const KEYS = 'ask.keys';
const CURRENT = 'ask.key';
const MOST = 5;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The keys that were used in this tab or kept on this device, last one first. */
export function knownKeys(): string[] {
  return [...new Set([...recall<string[]>(KEYS, []), ...keptKeys()])];
}

export function isKept(key: string): boolean {
  return keptKeys().includes(key);
}

/** The key of this tab; a new tab begins with the key that was kept last. */
export function currentKey(): string | null {
  return recall<string | null>(CURRENT, keptKeys()[0] ?? null);
}

/** @param isForDevice whether it is kept on this device */
export function takeKey(key: string, isForDevice = isKept(key)): void {
  remember(KEYS, inFront(key, recall<string[]>(KEYS, [])));
  remember(CURRENT, key);
  if (isForDevice) keep(KEYS, inFront(key, keptKeys()));
}

export function leaveKey(): void {
  remember(CURRENT, null);
}

export function forgetKey(key: string): void {
  const others = (keys: string[]) => keys.filter((known) => known !== key);
  remember(KEYS, others(recall<string[]>(KEYS, [])));
  const kept = others(keptKeys());
  keep(KEYS, kept.length === 0 ? null : kept);
}

/**
 * Takes a key out of the address bar, where whoever looks on could read it. Only a page of this machine uses it: elsewhere,
 * a stranger's link could make somebody upload recordings under the stranger's key.
 * @returns the key to sign in with; null without one
 */
export function keyInAddress(): string | null {
  const [, key] = /[#?&]key=([\w-]+)/.exec(location.hash) ?? [];
  if (key === undefined) return null;
  history.replaceState(null, '', `${location.pathname}#/`);
  return LOOPBACK.has(location.hostname) ? key : null;
}

/** Enough of a key to tell it from others. */
export function maskKey(key: string): string {
  return `${/^[a-z]+_[a-z]+_/.exec(key)?.[0] ?? ''}…${key.slice(-4)}`;
}

/** What a key opens, as far as its form tells. */
export function whatKeyOpens(key: string): string {
  const data = /^.k_live_/.test(key) ? 'live' : 'test';
  if (key.startsWith('rk_')) return `what its scopes allow in the ${data} data of one project`;
  return `all ${data} recordings and sessions of one project or end user, to read, change and delete`;
}

function keptKeys(): string[] {
  return recallKept<string[]>(KEYS, []);
}

function inFront(key: string, keys: readonly string[]): string[] {
  return [key, ...keys.filter((known) => known !== key)].slice(0, MOST);
}
