import { createHash } from 'node:crypto';
import type { Digest } from './digest.ts';

/** The first 16 bytes of SHA-256. */
export const digest: Digest = (text) => createHash('sha256').update(text).digest().subarray(0, 16);
