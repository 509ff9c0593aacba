import type { Digest } from '../shared/digest.ts';

/**
 * Citation markers: opaque tokens such as `k7x2m`, handed out in a prompt as `[^k7x2m]`. They depend on the session, so
 * that nothing said in a recording can contain a valid one, and they are stable from turn to turn for prompt caches.
 */
const ALPHABET = '23456789bcdfghjkmnpqrstvwxz';
const LENGTH = 5;

const FORM = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

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

function markerFrom(bytes: Uint8Array): string {
  let marker = '';
  for (let i = 0; i < LENGTH; i++) marker += ALPHABET[(bytes[i] as number) % ALPHABET.length];
  return marker;
}
