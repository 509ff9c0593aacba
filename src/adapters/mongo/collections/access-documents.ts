import { Schema } from 'mongoose';
import { z } from 'zod';
import { SCOPES } from '../../../domain/access/tenant.ts';
import { PROVIDERS } from '../../../domain/shared/provider.ts';
import { id, mode, owner, timestamp } from './stored-fields.ts';

export const storedProject = z.object({
  _id: id('prj'),
  name: z.string(),
  // `ask projects set --default-provider system` of 0.1.0 stored an empty text.
  defaultProvider: z.preprocess((stored) => (stored === '' ? null : stored), z.enum(PROVIDERS).nullable()),
  providerFallback: z.boolean().nullable().default(null),
  // Projects from before there was a retention keep everything.
  askRetentionDays: z.int().nullable().default(null),
  timezone: z.string().nullable().default(null),
  contextTokens: z.int().nullable().default(null),
  createdAt: timestamp,
});
export type StoredProject = z.infer<typeof storedProject>;
export const projectFields = {
  name: String,
  defaultProvider: String,
  providerFallback: Boolean,
  askRetentionDays: Number,
  timezone: String,
  contextTokens: Number,
  createdAt: String,
};

export const storedKey = z.object({
  /** The SHA-256 of the secret, as hex. The secret itself is not stored. */
  _id: z.string(),
  id: id('key'),
  projectId: id('prj'),
  mode,
  endUserId: id('eu').nullable(),
  scopes: z.array(z.enum(SCOPES)).nullable(),
  hint: z.string(),
  createdAt: timestamp,
  createdBy: z.string().nullable(),
  revokedAt: timestamp.nullable(),
});
export type StoredKey = z.infer<typeof storedKey>;
export const keyFields = {
  id: String,
  projectId: String,
  mode: String,
  endUserId: String,
  scopes: Schema.Types.Mixed,
  hint: String,
  createdAt: String,
  createdBy: String,
  revokedAt: String,
};

export const storedKeyUse = z.object({ _id: z.string(), lastUsedAt: timestamp });
export const keyUseFields = { lastUsedAt: String };

export const storedClaim = z.object({
  _id: z.string(),
  fingerprint: z.string(),
  seed: z.string(),
  completed: z.boolean(),
  startedAt: z.date(),
  expireAt: z.date(),
});
export const claimFields = { fingerprint: String, seed: String, completed: Boolean, startedAt: Date, expireAt: Date };

export const storedRateSlot = z.object({
  _id: z.string(),
  window: z.string(),
  startedAt: z.date(),
  expireAt: z.date(),
  slot: z.number(),
});
export type StoredRateSlot = z.infer<typeof storedRateSlot>;
export const rateSlotFields = { window: String, startedAt: Date, expireAt: Date, slot: Number };

/** Whom a worker can ask; see `provider-directory.ts`. */
export const storedWorker = z.object({
  _id: z.string(),
  providers: z.array(
    z.object({
      provider: z.enum(PROVIDERS),
      model: z.string(),
      sandbox: z.boolean(),
      contextTokens: z.number(),
      isDefault: z.boolean(),
    }),
  ),
  leaving: z.boolean(),
  expireAt: z.date(),
});
export type StoredWorker = z.infer<typeof storedWorker>;
export const workerFields = { providers: Schema.Types.Mixed, leaving: Boolean, expireAt: Date };

/** What was deleted; see `tombstones.ts`. */
export const storedTombstone = z.object({
  _id: z.string(),
  ...owner,
  kind: z.enum(['session', 'recording', 'end_user']),
  recordingIds: z.array(z.string()),
  purged: z.boolean(),
});
export type StoredTombstone = z.infer<typeof storedTombstone>;
export const tombstoneFields = {
  projectId: String,
  mode: String,
  endUserId: String,
  kind: String,
  recordingIds: [String],
  purged: Boolean,
};
