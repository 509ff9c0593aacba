/**
 * Ids on the wire: a prefix and 26 lower-case Crockford base-32 characters (a ULID: 48 bits of time, 80 of entropy).
 */
const PREFIXES = ['prj', 'key', 'eu', 'rec', 'txn', 'chk', 'as', 'msg', 'trn'] as const;
export type IdPrefix = (typeof PREFIXES)[number];
export type Id<P extends IdPrefix> = `${P}_${string}`;

export type ProjectId = Id<'prj'>;
export type KeyId = Id<'key'>;
export type EndUserId = Id<'eu'>;
export type RecordingId = Id<'rec'>;
export type TranscriptionId = Id<'txn'>;
export type ChunkId = Id<'chk'>;
export type SessionId = Id<'as'>;
export type MessageId = Id<'msg'>;
export type TurnId = Id<'trn'>;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const BODY_LENGTH = 26;

/** The form of an id with this prefix, for validation at the edges. */
export function idPattern(prefix: IdPrefix): RegExp {
  return new RegExp(`^${prefix}_[0-7][${ALPHABET}]{${BODY_LENGTH - 1}}$`);
}

/** An id from 16 bytes: 6 of time and 10 of entropy for a fresh id, or a digest for a derived one. */
export function idFromBytes<P extends IdPrefix>(prefix: P, bytes: Uint8Array): Id<P> {
  if (bytes.length !== 16) throw new RangeError(`an id takes 16 bytes, got ${bytes.length}`);
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let body = '';
  for (let i = 0; i < BODY_LENGTH; i++) {
    body = ALPHABET[Number(value & 31n)] + body;
    value >>= 5n;
  }
  return `${prefix}_${body}`;
}

/** The id of a session's workflow, by which operators find it. */
export function sessionWorkflowId(id: SessionId): string {
  return `ask-session/${id}`;
}

/**
 * The id of the question that a turn brings. Deterministic, so that the turn needs no record of it.
 */
export function questionIdOf(turnId: TurnId): MessageId {
  return `msg_${turnId.slice('trn_'.length)}`;
}

/** The turn that brought a question. */
export function turnIdOf(questionId: MessageId): TurnId {
  return `trn_${questionId.slice('msg_'.length)}`;
}

/**
 * The id of the answer to a user message: the next id in order. Deterministic, so that two attempts to store the answer
 * to one message meet on the same document.
 */
export function answerIdOf(messageId: MessageId): MessageId {
  const body = [...messageId.slice('msg_'.length)];
  for (let i = body.length - 1; i >= 0; i--) {
    const next = ALPHABET.indexOf(body[i] as string) + 1;
    body[i] = ALPHABET[next % ALPHABET.length] as string;
    if (next < ALPHABET.length) break;
  }
  return `msg_${body.join('')}`;
}
