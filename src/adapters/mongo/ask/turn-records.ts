import type { Owned, Tenant } from '../../../domain/access/tenant.ts';
import { isFinished, type Turn } from '../../../domain/ask/turn.ts';
import { answerIdOf, questionIdOf, type SessionId, type TurnId, turnIdOf } from '../../../domain/shared/ids.ts';
import type { SessionStore } from '../../../ports/ask/session-store.ts';
import type { StoredMessage, StoredQuestion, StoredTurn } from '../collections/ask-documents.ts';
import { findOwned, ownerOf } from '../lib/tenant-filter.ts';
import type { SessionCollections } from './ask-collections.ts';
import { toTurn } from './mapping.ts';

/**
 * Turns. Most are told by their question and its answer, which have ids that follow from the turn's. One is stored only
 * where it has more to tell: that it took an earlier question, was run again, or ended without an answer.
 */
export function turnRecords({
  sessions,
  messages,
  turns,
}: SessionCollections): Pick<SessionStore, 'findTurn' | 'latestTurns' | 'recordAttempt' | 'recordFailure'> {
  /** The turn as it stands, with whom it belongs to. */
  async function find(
    tenant: Tenant,
    sessionId: SessionId,
    turnId: TurnId,
  ): Promise<{ owner: Owned; turn: Turn | null } | null> {
    const [session, stored, question] = await Promise.all([
      findOwned(sessions, tenant, sessionId),
      findOwned(turns, tenant, turnId),
      findOwned(messages, tenant, questionIdOf(turnId)),
    ]);
    if (session === null) return null;
    const turn = toTurnOf(sessionId, { turnId, stored, question });
    return { owner: session, turn: turn && (await withAnswer(tenant, turn)) };
  }

  async function withAnswer(tenant: Tenant, turn: Turn): Promise<Turn> {
    if (isFinished(turn.status)) return turn;
    const answer = await findOwned(messages, tenant, answerIdOf(turn.messageId));
    if (answer === null) return turn;
    return { ...turn, status: 'completed', attempt: Math.max(turn.attempt, 1), completedAt: answer.createdAt };
  }

  return {
    async findTurn(tenant, sessionId, turnId) {
      return (await find(tenant, sessionId, turnId))?.turn ?? null;
    },
    async latestTurns(tenant, sessionId, questions) {
      if (questions.length === 0 || (await findOwned(sessions, tenant, sessionId)) === null) return new Map();
      const ids = questions.map(({ id }) => id);
      const stored = Map.groupBy(
        await turns.list({ sessionId, messageId: { $in: ids } }, {}),
        (turn) => turn.messageId,
      );
      const latest = questions.map(async (question) => {
        const known = stored.get(question.id)?.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0];
        const own = { _id: question.id, sessionId };
        const turn = known ? toTurn(known) : waitingTurn(turnIdOf(question.id), own, question.createdAt);
        return [question.id, await withAnswer(tenant, turn)] as const;
      });
      return new Map(await Promise.all(latest));
    },
    async recordAttempt(tenant, sessionId, turnId, attempt) {
      const found = await find(tenant, sessionId, turnId);
      if (found?.turn) await putTurn(turns, found.owner, { ...found.turn, attempt }, true);
    },
    /** A turn that was answered stays so, and the turn of a deleted session is not stored again. */
    async recordFailure(tenant, turn) {
      const [found, question] = await Promise.all([
        find(tenant, turn.sessionId, turn.id),
        findOwned(messages, tenant, turn.messageId),
      ]);
      if (found === null || found.turn?.status === 'completed') return;
      const attempt = wasAsked(turn) ? Math.max(turn.attempt, 1) : turn.attempt;
      await putTurn(turns, found.owner, { ...turn, attempt }, question !== null);
    },
  };
}

/** Stores a turn as it stands now. @param asked whether its question is stored */
export async function putTurn(
  turns: SessionCollections['turns'],
  owner: Owned,
  { id, sessionId, createdAt, attempt, ...state }: Turn,
  asked: boolean,
): Promise<void> {
  await turns.upsert(id, {
    $setOnInsert: { ...ownerOf(owner), sessionId, createdAt },
    $set: { ...state, asked },
    $max: { attempt },
  });
}

/** A turn that waits for the answer to this question. */
export function waitingTurn(
  id: TurnId,
  { _id, sessionId }: Pick<StoredQuestion, '_id' | 'sessionId'>,
  createdAt: string,
): Turn {
  return { id, sessionId, messageId: _id, status: 'queued', attempt: 0, error: null, createdAt, completedAt: null };
}

interface Found {
  turnId: TurnId;
  stored: StoredTurn | null;
  /** The question that the turn brought. */
  question: StoredMessage | null;
}

function toTurnOf(sessionId: SessionId, { turnId, stored, question }: Found): Turn | null {
  const own = question?.role === 'user' && question.sessionId === sessionId ? question : null;
  // It ended before its question was stored, and has been run again since.
  const outdated = stored?.asked === false && own !== null;
  if (stored?.sessionId === sessionId && !outdated) return toTurn(stored);
  return own && waitingTurn(turnId, own, own.createdAt);
}

/** Whether the failure is the model's own, so that there was at least one attempt. */
function wasAsked({ error }: Pick<Turn, 'error'>): boolean {
  return error?.kind === 'provider_error' && error.details?.reason !== 'cancelled';
}
