import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { ApiKey, KeyStore } from '../../../ports/access/key-store.ts';
import type { Clock, Ids } from '../../../ports/clock.ts';
import type { StoredKey } from '../collections/access-documents.ts';
import { COLLECTIONS } from '../collections/table.ts';
import { openCollection } from '../lib/collection.ts';
import { keyUses } from './key-uses.ts';

const SECRET = /^[sr]k_(live|test)_[A-Za-z0-9_-]{43}$/;
const HINT_LENGTH = 'sk_live_'.length + 4;

export interface KeyStoreDependencies {
  clock: Clock;
  ids: Ids;
  /** Told when noting a key's use failed; the request goes on. */
  onUseLost: (error: unknown) => void;
}

export function keyStore(connection: Connection, { clock, ids, onUseLost }: KeyStoreDependencies): KeyStore {
  const keys = openCollection(connection, COLLECTIONS.keys);
  const uses = keyUses(connection, clock, onUseLost);

  async function withUse(stored: StoredKey): Promise<ApiKey> {
    const { _id: hash, ...key } = stored;
    return { ...key, lastUsedAt: await uses.lastOf(hash) };
  }

  return {
    async create(options) {
      const secret = newSecret(options);
      const key = {
        ...options,
        id: ids.next('key'),
        scopes: options.scopes && [...options.scopes],
        hint: secret.slice(0, HINT_LENGTH),
        createdAt: clock.now().toISOString(),
        revokedAt: null,
      };
      await keys.insert({ _id: hashOf(secret).toString('hex'), ...key });
      return { key: { ...key, lastUsedAt: null }, secret };
    },
    async authenticate(secret) {
      if (!SECRET.test(secret)) return null;
      const hash = hashOf(secret);
      const key = await keys.get(hash.toString('hex'));
      if (key === null || key.revokedAt !== null || !timingSafeEqual(Buffer.from(key._id, 'hex'), hash)) return null;
      uses.note(key._id);
      const { projectId, endUserId, scopes } = key;
      return { keyId: key.id, tenant: { projectId, mode: key.mode, endUserId }, scopes };
    },
    async list({ projectId }) {
      const found = await keys.list(projectId === undefined ? {} : { projectId }, { sort: { createdAt: -1, _id: -1 } });
      return Promise.all(found.map(withUse));
    },
    async revoke(keyId) {
      const [key] = await keys.list({ id: keyId }, { limit: 1 });
      if (key === undefined) return null;
      const revokedAt = key.revokedAt ?? clock.now().toISOString();
      await keys.update(key._id, { $set: { revokedAt } });
      return withUse({ ...key, revokedAt });
    },
  };
}

function newSecret({ scopes, mode: of }: Pick<ApiKey, 'scopes' | 'mode'>): string {
  return `${scopes === null ? 'sk' : 'rk'}_${of}_${randomBytes(32).toString('base64url')}`;
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
