import type { Owned, Tenant } from '../../../../domain/access/tenant.ts';
import type { UserMessage } from '../../../../domain/ask/message.ts';
import { isFinished, type Turn } from '../../../../domain/ask/turn.ts';
import { answerIdOf, questionIdOf, type SessionId, type TurnId, turnIdOf } from '../../../../domain/shared/ids.ts';
import type { SessionStore } from '../../../../ports/ask/session-store.ts';
import type { StoredMessage, StoredQuestion, StoredTurn } from '../../collections/ask-documents.ts';
import { findAllOwned, findOwned, ownerOf } from '../../lib/tenant-filter.ts';
import type { SessionCollections } from '../ask-collections.ts';
import { knowAnswer } from '../conversation/tell-session.ts';
import { toAnswer, toTurn } from '../mapping.ts';

/**
 * Turns. Most are told by their question and its answer, which have ids that follow from the turn's. One is stored only
 * where it has more to tell: that it took an earlier question, was run again, or ended without an answer.
 */
export function turnRecords(
  collections: SessionCollections,
): Pick<SessionStore, 'findTurn' | 'latestTurns' | 'recordAttempt' | 'isSuperseded' | 'recordFailure'> {
  const { sessions, messages, turns } = collections;

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
    if (turn.status === 'completed') return turn;
    return completedBy(await findOwned(messages, tenant, answerIdOf(turn.messageId)), turn);
  }

  return {
    async findTurn(tenant, sessionId, turnId) {
      return (await find(tenant, sessionId, turnId))?.turn ?? null;
    },
    async latestTurns(tenant, sessionId, questions) {
      if (questions.length === 0 || (await findOwned(sessions, tenant, sessionId)) === null) return new Map();
      const ids = questions.map(({ id }) => id);
      const [stored, answers] = await Promise.all([
        turns.list({ sessionId, messageId: { $in: ids } }, {}),
        findAllOwned(messages, tenant, ids.map(answerIdOf)),
      ]);
      return new Map(questions.map((question) => [question.id, latestOf(question, stored, answers)]));
    },
    async recordAttempt(tenant, sessionId, turnId, { attempt, generation }) {
      const found = await find(tenant, sessionId, turnId);
      if (!found?.turn) return;
      await putTurn(collections, found.owner, { ...found.turn, attempt }, true);
      await turns.update(turnId, { $max: { generation } });
    },
    async isSuperseded(turnId, messageId, generation) {
      const [turn, answer] = await Promise.all([turns.get(turnId), messages.get(answerIdOf(messageId))]);
      return answer !== null || (turn?.generation ?? 0) > generation;
    },
    /**
     * The failure first, then it looks again: either whoever stores an answer late sees the failure, or the answer is seen
     * here, and the turn is completed after all. The turn of a deleted session is not stored again.
     */
    async recordFailure(tenant, turn) {
      const [session, question] = await Promise.all([
        findOwned(sessions, tenant, turn.sessionId),
        findOwned(messages, tenant, turn.messageId),
      ]);
      if (session === null) return null;
      const attempt = wasAsked(turn) ? Math.max(turn.attempt, 1) : turn.attempt;
      await putTurn(collections, session, { ...turn, attempt }, question !== null);
      const answer = await findOwned(messages, tenant, answerIdOf(turn.messageId));
      if (answer?.role !== 'assistant' || question?.role !== 'user') return null;
      const completed = { status: 'completed', error: null, completedAt: answer.createdAt } as const;
      await putTurn(collections, session, { ...turn, ...completed, attempt }, true);
      await knowAnswer(collections, session, question, answer);
      return toAnswer(answer);
    },
  };
}

/** The stored answer wins, also over a failure that was reported before a frozen worker stored it. */
function completedBy(answer: StoredMessage | null | undefined, turn: Turn): Turn {
  if (turn.status === 'completed' || answer?.role !== 'assistant') return turn;
  // Another turn's answer to the same question does not change how this one ended.
  if (isFinished(turn.status) && answer.turnId !== turn.id) return turn;
  const attempt = Math.max(turn.attempt, 1);
  return { ...turn, status: 'completed', error: null, attempt, completedAt: answer.createdAt };
}

/** The turn that answered a question, else the one that was accepted last. */
function latestOf(question: UserMessage, stored: readonly StoredTurn[], answers: readonly StoredMessage[]): Turn {
  const { id, sessionId, createdAt } = question;
  const answer = answers.find(({ _id }) => _id === answerIdOf(id));
  const latestFirst = stored
    .filter(({ messageId }) => messageId === id)
    .map(toTurn)
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const first = waitingTurn(turnIdOf(id), { _id: id, sessionId }, createdAt);
  const answering = answer?.role === 'assistant' ? answer.turnId : undefined;
  return completedBy(answer, [...latestFirst, first].find((turn) => turn.id === answering) ?? latestFirst[0] ?? first);
}

/** Stores a turn as it stands now, unless its session is gone. @param asked whether its question is stored */
export async function putTurn(
  { turns, sessions }: SessionCollections,
  owner: Owned,
  { id, sessionId, createdAt, attempt, ...state }: Turn,
  asked: boolean,
): Promise<void> {
  await turns.upsert(id, {
    $setOnInsert: { ...ownerOf(owner), sessionId, createdAt },
    $set: { ...state, asked },
    $max: { attempt },
  });
  if ((await sessions.get(sessionId)) === null) await turns.remove({ _id: id });
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
  return error?.kind === 'provider_error';
}
