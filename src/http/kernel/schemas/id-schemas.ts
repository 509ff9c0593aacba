import { z } from 'zod';
import type { IdPrefix } from '../../../domain/shared/ids.ts';

/**
 * An id in a request. Only the prefix and the alphabet are checked: an id that was never given out is a 404 like any
 * other unknown one, while something that is no id of this kind at all is a 400.
 */
function idOf<P extends IdPrefix>(prefix: P, name: string) {
  return z
    .templateLiteral(
      [`${prefix}_`, z.string().regex(/^[0-9A-Za-z_-]{1,64}$/)],
      `must be an id that starts with ${prefix}_`,
    )
    .meta({ id: name, example: `${prefix}_01jd3v9k2m8q4t6w0y5z7a1b3c` });
}

export const endUserId = idOf('eu', 'EndUserId');
export const recordingId = idOf('rec', 'RecordingId');
export const transcriptionId = idOf('txn', 'TranscriptionId');
export const chunkId = idOf('chk', 'ChunkId');
export const sessionId = idOf('as', 'SessionId');
export const messageId = idOf('msg', 'MessageId');
export const turnId = idOf('trn', 'TurnId');
