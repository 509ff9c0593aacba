import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { PayloadKey } from '../../../runtime/settings/payload-keys.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const COMPRESSION = 'encryption-compression';
/** Below this a payload does not get smaller enough to matter. */
const WORTH_COMPRESSING_BYTES = 512;

/** A payload that none of the keys opens. Says which key it wants, never what it holds. */
export class PayloadKeyError extends Error {}

/**
 * Encrypts each payload, metadata included, with AES-256-GCM under the first key; compresses it before where that pays.
 * What other keys encrypted, and what was never encrypted, is still read, so that keys rotate while histories live.
 */
export function payloadCodec(keys: readonly [PayloadKey, ...PayloadKey[]]): PayloadCodec {
  const [current] = keys;
  const secrets = new Map(keys.map(({ id, secret }) => [id, secret]));
  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(payload, current)),
    decode: async (payloads) => payloads.map((payload) => (isEncrypted(payload) ? decrypt(payload, secrets) : payload)),
  };
}

/** Which key encrypted this payload; null when it is in clear. */
export function keyIdOf(payload: Payload): string | null {
  return isEncrypted(payload) ? metadataOf(payload, KEY_ID) : null;
}

function encrypt(payload: Payload, { id, secret }: PayloadKey): Payload {
  const plain = PayloadMessage.encode(payload).finish();
  const deflated = plain.length < WORTH_COMPRESSING_BYTES ? plain : deflateRawSync(plain);
  const compression = deflated.length < plain.length ? 'deflate' : 'none';
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, secret, iv).setAAD(header(id, compression));
  const words = [cipher.update(compression === 'none' ? plain : deflated), cipher.final()];
  return {
    metadata: { encoding: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(id), [COMPRESSION]: Buffer.from(compression) },
    data: Buffer.concat([iv, cipher.getAuthTag(), ...words]),
  };
}

function decrypt(payload: Payload, secrets: ReadonlyMap<string, Buffer>): Payload {
  const id = metadataOf(payload, KEY_ID);
  const compression = metadataOf(payload, COMPRESSION);
  const secret = secrets.get(id);
  if (secret === undefined) throw new PayloadKeyError(`A payload needs the key "${id}", which PAYLOAD_KEYS lacks.`);
  const data = payload.data ?? new Uint8Array();
  const decipher = createDecipheriv(CIPHER, secret, data.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(header(id, compression))
    .setAuthTag(data.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const plain = decipherAll(decipher, data.subarray(IV_BYTES + TAG_BYTES), id);
  return PayloadMessage.decode(compression === 'none' ? plain : inflateRawSync(plain));
}

function decipherAll(decipher: ReturnType<typeof createDecipheriv>, data: Uint8Array, id: string): Buffer {
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]);
  } catch {
    throw new PayloadKeyError(
      `A payload does not open with the key "${id}": it was altered, or that key is another one.`,
    );
  }
}

/** What stands in clear beside the ciphertext is bound to it, so that it cannot be exchanged. */
function header(id: string, compression: string): Buffer {
  return Buffer.from(`${id}\n${compression}`);
}

function isEncrypted(payload: Payload): boolean {
  return metadataOf(payload, 'encoding') === ENCODING;
}

function metadataOf({ metadata }: Payload, name: string): string {
  return Buffer.from(metadata?.[name] ?? []).toString();
}
