import type { NewSession } from '../../../../src/domain/ask/session.ts';
import type { AskResult } from '../../../../src/domain/ask/turn.ts';
import type { SessionId, TurnId } from '../../../../src/domain/shared/ids.ts';
import { SessionTurns } from '../../../../workflows/ask/session-turns.ts';
import type { TurnRequest } from '../../../../workflows/contract.ts';
import { aQuestion, scopeReference } from '../../../support/context-references.ts';

const session = 'as_00000000000000000000000001' as SessionId;
const turnId = (n: number) => `trn_${n}` as TurnId;
const request = (n: number): TurnRequest => ({
  turnId: turnId(n),
  question: aQuestion(`msg_${n}`, 'Why?'),
  provider: null,
  requestId: 'r',
});
const result = { message: { createdAt: '2026-01-01T00:00:01.000Z' } } as AskResult;

describe('the turns of a session', () => {
  test('run one at a time in the order of arrival, also after a failure', async () => {
    const turns = new SessionTurns(session, null);
    const log: string[] = [];
    const work = (n: number, fails = false) =>
      turns.inOrder(request(n), async () => {
        log.push(`start ${n}`);
        await Promise.resolve();
        log.push(`end ${n}`);
        if (fails) throw new Error('no');
      });
    const all = await Promise.allSettled([work(1), work(2, true), work(3)]);
    expect(log).toEqual(['start 1', 'end 1', 'start 2', 'end 2', 'start 3', 'end 3']);
    expect(all.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(turns.waiting).toBe(0);
  });

  test('are queued until they run, and known by what came of them', async () => {
    const turns = new SessionTurns(session, null);
    await turns.inOrder(request(1), async () => {
      expect(turns.snapshot(turnId(1)).turn?.status).toBe('queued');
      turns.retrieving(turnId(1));
      expect(turns.snapshot(turnId(1))).toMatchObject({ turn: { status: 'retrieving' }, context: null });
      const context = scopeReference();
      turns.found(turnId(1), context);
      expect(turns.snapshot(turnId(1))).toMatchObject({ turn: { status: 'generating' }, context });
      turns.complete(turnId(1), result);
    });
    expect(turns.snapshot(turnId(1))).toMatchObject({ turn: { status: 'completed' }, result });
    expect(turns.snapshot(turnId(9))).toEqual({ turn: null, result: null, context: null });
  });

  test('a failed turn that is run again starts anew', async () => {
    const turns = new SessionTurns(session, null);
    const error = { kind: 'provider_error' as const, message: 'no' };
    await turns.inOrder(request(1), async () => turns.fail(turnId(1), 'failed', error));
    expect(turns.snapshot(turnId(1)).turn).toMatchObject({ status: 'failed', error });
    await turns.inOrder(request(1), async () => {
      expect(turns.snapshot(turnId(1)).turn).toMatchObject({ status: 'queued', error: null });
      turns.complete(turnId(1), result);
    });
  });

  test('only the latest finished ones are remembered', async () => {
    const turns = new SessionTurns(session, null);
    for (let n = 1; n <= 30; n++) await turns.inOrder(request(n), async () => turns.complete(turnId(n), result));
    expect(turns.snapshot(turnId(20)).turn).toBeNull();
    expect(turns.snapshot(turnId(21)).turn).not.toBeNull();
  });

  test('a cancel request reaches a queued turn', async () => {
    const turns = new SessionTurns(session, null);
    const first = turns.inOrder(request(1), () => Promise.resolve());
    const second = turns.inOrder(request(2), async () => turns.cancelRequested(turnId(2)));
    turns.requestCancel(turnId(2));
    await first;
    expect(await second).toBe(true);
  });

  test('a cancel request stops a turn that runs, and none that is over', async () => {
    const turns = new SessionTurns(session, null);
    let stops = 0;
    await turns.inOrder(request(1), async () => {
      turns.onCancel(turnId(1), () => stops++);
      turns.requestCancel(turnId(1));
      expect(stops).toBe(1);
      turns.complete(turnId(1), result);
    });
    turns.requestCancel(turnId(1));
    expect(stops).toBe(1);
  });

  test('know the session until it is stored', () => {
    const unstored = { id: session } as NewSession;
    const turns = new SessionTurns(session, unstored);
    expect(turns.unstored).toBe(unstored);
    turns.stored();
    expect(turns.unstored).toBeNull();
  });

  test('are described for operators by number, id, step and those behind, without what was said', async () => {
    const turns = new SessionTurns(session, null);
    expect(turns.describe('storing')).toBe('Idle after 0 turns of this run. None was asked yet.');
    await turns.inOrder(request(1), async () => turns.complete(turnId(1), result));
    const second = turns.inOrder(request(2), async () => {
      const described = turns.describe('asking openai');
      turns.fail(turnId(2), 'failed', { kind: 'provider_error', message: 'no' });
      return described;
    });
    const third = turns.inOrder(request(3), async () =>
      turns.fail(turnId(3), 'cancelled', { kind: 'provider_error', message: 'no' }),
    );
    expect(await second).toBe('Turn 2 of this run (trn_2): asking openai. 1 more waiting.');
    await third;
    expect(turns.describe('')).toBe('Idle after 3 turns of this run. The last one (trn_3) is cancelled.');
  });
});
