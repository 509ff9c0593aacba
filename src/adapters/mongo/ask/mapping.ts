import type { AssistantMessage, Message, UserMessage } from '../../../domain/ask/message.ts';
import { recordingIdsOf, type SessionScope } from '../../../domain/ask/scope.ts';
import type { NewSession, Session } from '../../../domain/ask/session.ts';
import type { Turn } from '../../../domain/ask/turn.ts';
import type {
  StoredAnswer,
  StoredMessage,
  StoredQuestion,
  StoredSession,
  StoredTurn,
} from '../collections/ask-documents.ts';
import { ownerOf } from '../lib/tenant-filter.ts';

/** Stored documents as the domain knows them. */

export function newSessionDocument({ id, scope, ...rest }: NewSession): StoredSession {
  return {
    _id: id,
    ...ownerOf(rest),
    scopeType: scope.type,
    recordingIds: recordingIdsOf(scope),
    title: rest.title,
    recordingTitle: rest.recordingTitle,
    messageCount: 0,
    lastQuestion: null,
    lastMessageAt: null,
    lastModel: null,
    lastProvider: null,
    createdAt: rest.createdAt,
    updatedAt: rest.createdAt,
  };
}

export function toSession({ _id, scopeType, recordingIds, lastQuestion: _, ...rest }: StoredSession): Session {
  return { id: _id, scope: toScope(scopeType, recordingIds), ...rest };
}

function toScope(type: StoredSession['scopeType'], recordingIds: StoredSession['recordingIds']): SessionScope {
  if (type === 'library') return { type };
  if (type === 'selected') return { type, recordingIds };
  const [recordingId] = recordingIds;
  if (recordingId === undefined) throw new Error('a stored session of recording scope names no recording');
  return { type, recordingId };
}

export function toMessage(stored: StoredMessage): Message {
  return stored.role === 'user' ? toQuestion(stored) : toAnswer(stored);
}

export function toQuestion({ _id, projectId: _p, mode: _m, endUserId: _e, ...rest }: StoredQuestion): UserMessage {
  return { id: _id, ...rest };
}

export function toAnswer({
  _id,
  projectId: _p,
  mode: _m,
  endUserId: _e,
  turnId: _t,
  trace: _r,
  recordingIds: _i,
  ...rest
}: StoredAnswer): AssistantMessage {
  return { id: _id, ...rest };
}

export function toTurn(stored: StoredTurn): Turn {
  const { _id, projectId: _p, mode: _m, endUserId: _e, asked: _a, generation: _g, ...rest } = stored;
  return { id: _id, ...rest };
}
