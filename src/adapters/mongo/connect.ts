import mongoose, { type Connection } from 'mongoose';
import { unavailable } from '../../domain/shared/errors.ts';
import type { Dependency } from '../../ports/health.ts';
import { isDuplicateKey, throwWhenAway } from './lib/mongo-errors.ts';

const PATIENCE_MS = 1_000;
/** A server that is only busy answers within this; one that does not is taken for away, and all that is in flight is given up. */
const HANGS_AFTER_MS = 3_000;

/**
 * Opens a connection of its own (not mongoose's global one).
 * @throws AskError `unavailable` when the server is not there within a second.
 */
export async function connectMongo(uri: string, options: { appName: string }): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    appName: options.appName,
    autoIndex: false,
    autoCreate: false,
    // A request must fail fast when the server is away; waiting is left to its client and to Temporal.
    bufferCommands: false,
    serverSelectionTimeoutMS: PATIENCE_MS,
    // A server that hangs is noticed by its missed heartbeat, which interrupts what is in flight.
    connectTimeoutMS: HANGS_AFTER_MS,
    heartbeatFrequencyMS: 2_000,
    socketTimeoutMS: 60_000,
    waitQueueTimeoutMS: 5_000,
  });
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.destroy();
    throw unavailable('MongoDB', error);
  }
}

/** Checks at most this often, whoever asks: each check writes. */
const CHECKED_EVERY_MS = 1_000;

/** Whether the database takes writes: one on a full disk still answers reads. */
export function mongoDependency(connection: Connection): Dependency {
  let latest = { at: Number.NEGATIVE_INFINITY, outcome: Promise.resolve() };
  return throwWhenAway({
    name: 'mongodb',
    check() {
      const now = performance.now();
      if (now - latest.at > CHECKED_EVERY_MS) latest = { at: now, outcome: write(connection) };
      return latest.outcome;
    },
  });
}

async function write(connection: Connection): Promise<void> {
  const probes = connection.collection<{ _id: string; at: string }>('probes');
  const change = { $set: { at: new Date().toISOString() } };
  try {
    await probes.updateOne({ _id: 'readyz' }, change, { upsert: true, timeoutMS: PATIENCE_MS });
  } catch (error) {
    // Another process wrote it for the first time just now.
    if (!isDuplicateKey(error)) throw error;
  }
}
