import { z } from 'zod';

/** A key of the payload encryption. Its id is written beside each payload, in clear. */
export interface PayloadKey {
  id: string;
  /** 256 bits. */
  secret: Buffer;
}

const KEY_BYTES = 32;
const FORM = 'takes ID:BASE64 pairs separated by commas; make a key with `openssl rand -base64 32`';

/** `2026-11:BASE64,2026-05:BASE64`: the first key encrypts, all of them decrypt. Messages never quote what was given. */
export const payloadKeys = z.string().transform((text, context): PayloadKey[] => {
  const keys = text.split(',').map((pair) => parseKey(pair.trim()));
  const problem = problemOf(keys);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  return keys.filter((key) => key !== null);
});

function parseKey(pair: string): PayloadKey | null {
  const [, id, base64] = /^([A-Za-z0-9._-]{1,64}):([A-Za-z0-9+/]+={0,2})$/.exec(pair) ?? [];
  return id === undefined || base64 === undefined ? null : { id, secret: Buffer.from(base64, 'base64') };
}

function problemOf(keys: readonly (PayloadKey | null)[]): string | null {
  if (keys.includes(null)) return FORM;
  if (keys.some((key) => key?.secret.length !== KEY_BYTES)) return `each key must have ${KEY_BYTES} bytes; ${FORM}`;
  return new Set(keys.map((key) => key?.id)).size < keys.length ? 'names a key id twice' : null;
}
