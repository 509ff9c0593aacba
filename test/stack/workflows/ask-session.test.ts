import { ApplicationFailure, WorkflowUpdateFailedError } from '@temporalio/client';
import { AskError, providerFailure, unavailable } from '../../../src/domain/shared/errors.ts';
import { toFailure } from '../../../workflows/failures.ts';
import { transcriptReference } from '../../support/context-references.ts';
import { eventually } from '../../support/eventually.ts';
import {
  anAnswer,
  aTurn,
  OVER_A_RECORDING,
  receiptFor,
  type SessionHarness,
  scriptedActivities,
  sessionHarness,
  untilCancelled,
} from './session-harness.ts';

let harness: SessionHarness;
let stopWorker: (() => Promise<void>) | undefined;

async function work(...replaced: Parameters<typeof scriptedActivities>): Promise<string[]> {
  const { activities, log } = scriptedActivities(...replaced);
  stopWorker = (await harness.startWorker(activities)).stop;
  return log;
}

beforeAll(async () => {
  harness = await sessionHarness();
}, 60_000);
afterEach(async () => {
  await stopWorker?.();
  stopWorker = undefined;
});
afterAll(() => harness?.close());

describe('a turn over a recording', () => {
  const away = () => Promise.reject(ApplicationFailure.nonRetryable('not a step of its own'));

  test('records its question and gathers its context in one step', async () => {
    const log = await work({ recordQuestion: away, gatherContext: away });
    const session = harness.session({}, OVER_A_RECORDING);
    const turn = aTurn();
    expect((await session.ask(turn)).outcome).toEqual({ status: 'completed' });
    expect((await session.snapshot(turn)).result?.message.content).toBe('On May 12.');
    expect(log).toEqual(['question When is the launch?', 'answer']);
  });

  test('gathers its context by a step of its own when that failed beside the question', async () => {
    const asked: unknown[] = [];
    await work({
      beginTurn: async ({ question }) => ({
        messageId: question.id,
        answer: null,
        providers: ['openai'],
        context: null,
      }),
      gatherContext: async () => transcriptReference('txn_later'),
      generateAnswer: async ({ context, provider }) => {
        asked.push(context);
        return anAnswer(provider);
      },
    });
    const session = harness.session({}, OVER_A_RECORDING);
    expect((await session.ask(aTurn())).outcome).toEqual({ status: 'completed' });
    expect(asked).toEqual([transcriptReference('txn_later')]);
  });

  test('begins by a durable step while the database is away', async () => {
    let failures = 4;
    const log = await work({
      beginTurn: async ({ question }) => {
        if (failures-- > 0) throw toFailure(unavailable('MongoDB'));
        const context = transcriptReference('txn_1');
        return { messageId: question.id, answer: null, providers: ['openai'], context };
      },
    });
    const session = harness.session({}, OVER_A_RECORDING);
    expect((await session.ask(aTurn())).outcome).toEqual({ status: 'completed' });
    expect(log).toEqual(['answer']);
    const { events = [] } = await session.handle().fetchHistory();
    const durable = events?.map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
    expect(durable).toContain('beginTurn');
  });

  test('cancelled while it begins is recorded, and the model is not asked', async () => {
    let calls = 0;
    const gate = Promise.withResolvers<void>();
    const beginning = Promise.withResolvers<void>();
    const log = await work({
      beginTurn: async ({ question }) => {
        beginning.resolve();
        await gate.promise;
        return { messageId: question.id, answer: null, providers: ['openai'], context: null };
      },
      gatherContext: untilCancelled,
      generateAnswer: async () => {
        calls++;
        return anAnswer();
      },
    });
    const session = harness.session({}, OVER_A_RECORDING);
    const turn = aTurn();
    const asked = session.ask(turn);
    await beginning.promise;
    // The workflow hears of it once the step is over: until then its task is not done.
    const cancelled = session.cancelTurn(turn);
    await new Promise((resolve) => setTimeout(resolve, 200));
    gate.resolve();
    expect((await asked).outcome.status).toBe('cancelled');
    await cancelled;
    expect(calls).toBe(0);
    expect(log).toEqual(['cancelled turn_cancelled']);
  });
});

describe('a turn', () => {
  test('is recorded, answered and recorded again, and its answer is read by a query on its run', async () => {
    const log = await work();
    const session = harness.session();
    const turn = aTurn();
    const receipt = await session.ask(turn);
    expect(receipt).toMatchObject({
      turnId: turn.turnId,
      messageId: turn.question.id,
      outcome: { status: 'completed' },
    });
    expect(log).toEqual(['question When is the launch?', 'answer']);
    const { turn: known, result } = await session.snapshot(turn, receipt.runId);
    expect(known?.status).toBe('completed');
    expect(result?.message).toMatchObject({ role: 'assistant', content: 'On May 12.', sessionId: session.id });
  });

  test('whose answer the model step stored is not stored again', async () => {
    const log = await work({
      generateAnswer: async ({ messageId, provider }) => ({ ...anAnswer(provider), receipt: receiptFor(messageId) }),
    });
    const session = harness.session();
    const turn = aTurn();
    expect((await session.ask(turn)).outcome).toEqual({ status: 'completed' });
    expect((await session.snapshot(turn)).result?.message).toMatchObject({ position: 1, content: 'On May 12.' });
    expect(log).toEqual(['question When is the launch?']);
  });

  test('is not asked of the model when its message has an answer already', async () => {
    const stored = {
      ...anAnswer(),
      role: 'assistant' as const,
      id: 'msg_stored' as const,
      sessionId: 'as_x' as const,
      position: 1,
      sources: [],
      retrieval: null,
      createdAt: '',
    };
    await work({
      recordQuestion: async ({ question }) => ({ messageId: question.id, answer: stored, providers: ['openai'] }),
      generateAnswer: () => Promise.reject(ApplicationFailure.nonRetryable('paid twice')),
    });
    const session = harness.session();
    const turn = aTurn();
    expect((await session.ask(turn)).outcome).toEqual({ status: 'completed' });
    expect((await session.snapshot(turn)).result?.message.id).toBe('msg_stored');
  });

  test('sent again with the same id while it runs is answered once', async () => {
    let calls = 0;
    await work({
      generateAnswer: async () => {
        calls++;
        await new Promise((resolve) => setTimeout(resolve, 200));
        return anAnswer();
      },
    });
    const session = harness.session();
    const turn = aTurn();
    const receipts = await Promise.all([session.ask(turn), session.ask(turn), session.ask(turn)]);
    expect(new Set(receipts.map((receipt) => receipt.runId)).size).toBe(1);
    expect(calls).toBe(1);
  });

  test('runs after all turns that arrived before', async () => {
    const log = await work();
    const session = harness.session();
    await session.open();
    const questions = Array.from({ length: 8 }, (_, i) => `question ${i}`);
    const updates = [];
    for (const question of questions) updates.push(await session.begin(aTurn(question)));
    await Promise.all(updates.map((update) => update.result()));
    expect(log.slice(1)).toEqual(questions.flatMap((question) => [`question ${question}`, 'answer']));
  });

  test('beyond the queue limit is refused, and taken again once there is room', async () => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await work({ generateAnswer: () => held.then(() => anAnswer()) });
    const session = harness.session({ maxQueued: 2 });
    const waiting = [await session.begin(aTurn()), await session.begin(aTurn())];
    const refused = aTurn();
    const error = await session.ask(refused).catch((e) => e);
    expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
    expect(error.cause.type).toBe('queue_full');
    release();
    await Promise.all(waiting.map((update) => update.result()));
    expect((await session.ask(refused)).outcome).toEqual({ status: 'completed' });
  });
});

describe('a model that fails', () => {
  test('for good ends the turn at once with its reason, and the session takes the next turn', async () => {
    let calls = 0;
    const log = await work({
      generateAnswer: async () => {
        if (calls++ === 0) throw toFailure(providerFailure('openai', 'authentication', { retryable: false }));
        return anAnswer();
      },
    });
    const session = harness.session();
    const { outcome } = await session.ask(aTurn());
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { kind: 'provider_error', details: { provider: 'openai', reason: 'authentication', retryable: false } },
    });
    expect(log.at(-1)).toBe('failed authentication');
    expect((await session.ask(aTurn())).outcome.status).toBe('completed');
    expect(calls).toBe(2);
  });

  test('for a moment is asked again', async () => {
    let calls = 0;
    await work({
      generateAnswer: async () => {
        if (calls++ === 0) throw toFailure(providerFailure('openai', 'overloaded', { retryable: true }));
        return anAnswer();
      },
    });
    expect((await harness.session().ask(aTurn())).outcome.status).toBe('completed');
    expect(calls).toBe(2);
  });

  test('and wants more patience than the budget has fails at once with its reason', async () => {
    let calls = 0;
    await work({
      generateAnswer: async () => {
        calls++;
        throw toFailure(providerFailure('openai', 'rate_limited', { retryable: true, retryAfterMs: 3_600_000 }));
      },
    });
    const { outcome } = await harness.session().ask(aTurn());
    expect(outcome).toMatchObject({ status: 'failed', error: { details: { reason: 'rate_limited' } } });
    expect(calls).toBe(1);
  });

  test.each(['authentication', 'quota_exceeded', 'context_too_long', 'output_limit'] as const)(
    'for good (%s) is replaced by the next provider at once',
    async (reason) => {
      const asked: string[] = [];
      await work({
        recordQuestion: async ({ question }) => ({
          messageId: question.id,
          answer: null,
          providers: ['openai', 'claude'],
        }),
        generateAnswer: async ({ provider }) => {
          asked.push(provider);
          if (provider === 'openai') throw toFailure(providerFailure('openai', reason));
          return anAnswer(provider);
        },
      });
      expect((await harness.session().ask(aTurn())).outcome.status).toBe('completed');
      expect(asked).toEqual(['openai', 'claude']);
    },
  );

  test('because it refuses the question is not replaced', async () => {
    const asked: string[] = [];
    await work({
      recordQuestion: async ({ question }) => ({
        messageId: question.id,
        answer: null,
        providers: ['openai', 'claude'],
      }),
      generateAnswer: async ({ provider }) => {
        asked.push(provider);
        throw toFailure(providerFailure(provider, 'refused'));
      },
    });
    expect((await harness.session().ask(aTurn())).outcome.status).toBe('failed');
    expect(asked).toEqual(['openai']);
  });

  test('is replaced by the next provider only where there is one', async () => {
    await work({
      recordQuestion: async ({ question }) => ({
        messageId: question.id,
        answer: null,
        providers: ['openai', 'claude'],
      }),
      generateAnswer: async ({ provider }) => {
        if (provider === 'openai') throw toFailure(providerFailure('openai', 'server_error', { retryable: true }));
        return anAnswer(provider);
      },
    });
    const session = harness.session();
    const turn = aTurn();
    await session.ask(turn);
    expect((await session.snapshot(turn)).result?.message.provider).toBe('claude');
  });
});

test('a database step that fails for longer than a moment goes on as a durable activity', async () => {
  let failures = 4;
  const { activities } = scriptedActivities();
  await work({
    recordAnswer: (input) => {
      if (failures-- > 0) throw toFailure(providerFailure('openai', 'connection', { retryable: true }));
      return activities.recordAnswer(input);
    },
  });
  const session = harness.session();
  expect((await session.ask(aTurn())).outcome).toEqual({ status: 'completed' });
  const { events } = await session.handle().fetchHistory();
  const scheduled = events?.map((e) => e.activityTaskScheduledEventAttributes?.activityType?.name).filter(Boolean);
  expect(scheduled).toEqual(['generateAnswer', 'recordAnswer']);
});

test('a context that was replaced meanwhile is gathered again, and the answer rests on the new one', async () => {
  const shown: unknown[] = [];
  let gathered = 0;
  await work({
    gatherContext: async () => transcriptReference(`txn_${++gathered}`),
    generateAnswer: async ({ context }) => {
      shown.push(context);
      if (shown.length === 1) throw toFailure(new AskError('context_changed', 'Replaced.'));
      return anAnswer();
    },
  });
  expect((await harness.session().ask(aTurn())).outcome.status).toBe('completed');
  expect(shown).toEqual([1, 2].map((n) => transcriptReference(`txn_${n}`)));
});

describe('stopping a turn', () => {
  test('that runs cancels the model call, and the session takes the next turn', async () => {
    let cancelled = false;
    let first = true;
    const log = await work({
      generateAnswer: async () => {
        if (!first) return anAnswer();
        first = false;
        return untilCancelled().finally(() => {
          cancelled = true;
        });
      },
    });
    const session = harness.session();
    const turn = aTurn();
    const update = await session.begin(turn);
    await eventually(async () => (await session.snapshot(turn)).turn?.status === 'generating');
    await session.cancelTurn(turn);
    expect((await update.result()).outcome).toMatchObject({
      status: 'cancelled',
      error: { kind: 'turn_cancelled' },
    });
    await eventually(() => cancelled);
    expect(log).toContain('cancelled turn_cancelled');
    expect((await session.ask(aTurn())).outcome.status).toBe('completed');
  });

  test('that waits keeps its question and never asks the model', async () => {
    let calls = 0;
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const log = await work({
      generateAnswer: () => {
        calls++;
        return held.then(() => anAnswer());
      },
    });
    const session = harness.session();
    const running = await session.begin(aTurn('first'));
    const waiting = aTurn('second');
    const update = await session.begin(waiting);
    const cancel = session.cancelTurn(waiting);
    // The cancel must have arrived before the first turn ends.
    await eventually(async () => (await session.handle().describe()).historyLength > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    release();
    await cancel;
    expect((await running.result()).outcome.status).toBe('completed');
    expect((await update.result()).outcome.status).toBe('cancelled');
    expect(log).toContain('question second');
    expect(calls).toBe(1);
  });

  test('a finished turn stays as it is', async () => {
    await work();
    const session = harness.session();
    const turn = aTurn();
    await session.ask(turn);
    await session.cancelTurn(turn);
    expect((await session.snapshot(turn)).turn?.status).toBe('completed');
  });

  test("by an operator's Cancel of the run ends the turn clearly and closes the run", async () => {
    await work({ generateAnswer: untilCancelled });
    const session = harness.session();
    const turn = aTurn();
    const update = await session.begin(turn);
    await eventually(async () => (await session.snapshot(turn)).turn?.status === 'generating');
    await session.handle().cancel();
    expect((await update.result()).outcome).toMatchObject({ status: 'failed', error: { kind: 'unavailable' } });
    await eventually(async () => (await session.handle().describe()).status.name === 'CANCELLED');
  });
});
