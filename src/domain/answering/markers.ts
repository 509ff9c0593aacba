import type { Digest } from '../shared/digest.ts';

/**
 * Citation markers: opaque tokens such as `kx347`, which an answer cites as `[^kx347]`. They depend on the session, so
 * that nothing said in a recording can contain a valid one, and they are stable from turn to turn for prompt caches.
 */
const LETTERS = 'bcdfghjkmnpqrstvwxz';
const DIGITS = '23456789';

const FORM = new RegExp(`^[${LETTERS}${DIGITS}]{5}$`);

/** Whether the word has the form of a marker, whoever handed it out. */
export function isMarker(word: string): boolean {
  return FORM.test(word);
}

/** One distinct marker for each key, in order. */
export function markersFor(seed: string, keys: readonly string[], digest: Digest): string[] {
  const taken = new Set<string>();
  return keys.map((key) => {
    for (let salt = 0; ; salt++) {
      const marker = markerFrom(digest(`${seed}/${key}/${salt}`));
      if (taken.has(marker)) continue;
      taken.add(marker);
      return marker;
    }
  });
}

/** Two letters and three digits, in either order: two tokens for most models, where five of any kind are four. */
function markerFrom(bytes: Uint8Array): string {
  const [first = 0] = bytes;
  const letters = pick(LETTERS, bytes.subarray(1, 3));
  const digits = pick(DIGITS, bytes.subarray(3, 6));
  return first % 2 === 0 ? letters + digits : digits + letters;
}

function pick(alphabet: string, bytes: Uint8Array): string {
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
}
