import mongoose, { mongo } from 'mongoose';
import { AskError, unavailable } from '../../../domain/shared/errors.ts';

const DUPLICATE_KEY = 11000;
/** Server codes of a node that cannot serve right now: shutting down, stepping down, not primary, over its time. */
const AWAY_CODES: ReadonlySet<unknown> = new Set([6, 7, 50, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/**
 * The same store whose methods throw AskError `unavailable` when the database is away, and let every other failure pass.
 */
export function throwWhenAway<T extends object>(store: T): T {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        try {
          return await Reflect.apply(member, target, args);
        } catch (error) {
          if (isFull(error)) throw noSpace(error);
          throw isAway(error) ? unavailable('MongoDB', error) : error;
        }
      };
    },
  });
}

export function isDuplicateKey(error: unknown): boolean {
  if (error instanceof mongo.MongoBulkWriteError) {
    return [error.writeErrors].flat().every((each) => each.code === DUPLICATE_KEY);
  }
  return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

const OUT_OF_DISK_SPACE = 14031;

/** FerretDB has no code for it and passes on the words of SQLite. */
function isFull(error: unknown): boolean {
  if (!(error instanceof mongo.MongoServerError)) return false;
  return error.code === OUT_OF_DISK_SPACE || error.message.includes('database or disk is full');
}

function noSpace(cause: unknown): AskError {
  return new AskError(
    'unavailable',
    'The database has no space left. Nothing is lost; repeat the request when it has.',
    {
      cause,
      retryAfterMs: 30_000,
    },
  );
}

/** The driver passes on the plain error of a write to a socket that the server has just closed. */
const SOCKET_CODES: ReadonlySet<unknown> = new Set(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT']);

function isAway(error: unknown): boolean {
  if (error instanceof Error && 'code' in error && SOCKET_CODES.has(error.code)) return true;
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return true;
  if (error instanceof mongo.MongoServerError) return AWAY_CODES.has(error.code);
  return (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoOperationTimeoutError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError ||
    // Every connection of the pool is busy. The driver does not export this class.
    (error instanceof mongo.MongoDriverError && error.name === 'MongoWaitQueueTimeoutError')
  );
}
