import { CANCELLED, type Turn } from '../../../../src/domain/ask/turn.ts';
import type { TurnState } from '../../../../src/ports/ask/session-gateway.ts';
import { loadTurnState } from '../../../../src/use-cases/ask/load-turn-state.ts';

const tenant = { projectId: 'prj_1', mode: 'test', endUserId: null } as const;
const queued: Turn = {
  ...{ id: 'trn_1', sessionId: 'as_1', messageId: 'msg_1', status: 'queued', attempt: 0, error: null },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', completedAt: null },
};

/** A turn as the database and the workflow know it. */
function load(stored: Turn | null, running: TurnState | 'unknown' | null) {
  const sessions = { findTurn: async () => stored, findAnswer: async () => null };
  return loadTurnState({ sessions, sessionGateway: { turn: async () => running } }, tenant, 'as_1', 'trn_1');
}

test('a turn that nobody can tell of is unavailable, not unknown', async () => {
  await expect(load(null, null)).rejects.toMatchObject({ kind: 'unavailable', retryAfterMs: 1_000 });
});

test('a turn is unknown when its run says so and the database does not know it either', async () => {
  await expect(load(null, 'unknown')).rejects.toMatchObject({ kind: 'not_found' });
});

test('a turn that the database knows is told while its run is silent', async () => {
  expect(await load(queued, null)).toMatchObject({ turn: { status: 'queued' }, isLost: false });
});

test('a turn that no run will finish is lost', async () => {
  expect(await load(queued, 'unknown')).toMatchObject({ isLost: true });
  const cancelled: Turn = { ...queued, status: 'cancelled', error: CANCELLED };
  expect(await load(cancelled, 'unknown')).toMatchObject({ isLost: false });
});
