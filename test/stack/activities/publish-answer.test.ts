import { MockActivityEnvironment } from '@temporalio/testing';
import type { Connection } from 'mongoose';
import { type AnswerPublisher, publishAnswer } from '../../../activities/lib/publish-answer.ts';
import { unavailable } from '../../../src/domain/shared/errors.ts';
import type { TurnFeed, TurnRef } from '../../../src/ports/ask/turn-feed.ts';
import { eventually } from '../../support/eventually.ts';
import { anOwner, drop, freshDatabase, ids, storesOf } from '../adapters/mongo/fixtures.ts';

let connection: Connection;
let feed: TurnFeed;
beforeAll(async () => {
  connection = await freshDatabase();
  feed = storesOf(connection).feed;
});
afterAll(() => drop(connection));

const aTurn = (): TurnRef => ({ owner: anOwner(), sessionId: ids.next('as'), turnId: ids.next('trn') });

async function batchesOf({ owner, turnId }: TurnRef) {
  const batches = [];
  for (let batch = await feed.read(owner, turnId, 0); batch !== null; ) {
    batches.push(batch);
    batch = await feed.read(owner, turnId, batches.length);
  }
  return batches;
}
const saidIn = async (turn: TurnRef) =>
  (await batchesOf(turn)).flatMap(({ generation, pieces }) => pieces.map(({ text }) => `${generation} ${text}`));

/** Runs inside an activity, as it does in the service. */
const speaking = (
  turn: TurnRef,
  generation: number,
  speak: (to: AnswerPublisher) => Promise<void>,
  to: TurnFeed = feed,
) => new MockActivityEnvironment().run(() => speak(publishAnswer(to, turn, { generation, attempt: 1 }, new Map())));

test('many words make few batches, the last one marked', async () => {
  const turn = aTurn();
  await speaking(turn, 1, async (to) => {
    for (let word = 0; word < 500; word++) to.push(`word${word} `);
    await to.end(true);
  });
  const batches = await batchesOf(turn);
  expect(batches.length).toBeLessThan(10);
  expect(batches.map(({ last }) => last)).toEqual(batches.map((_, index) => index === batches.length - 1));
  const said = batches.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join('');
  expect(said).toBe(Array.from({ length: 500 }, (_, word) => `word${word}`).join(' '));
});

test('an attempt that begins after another one goes on behind it, and the earlier one falls silent', async () => {
  const turn = aTurn();
  await speaking(turn, 1, async (lost) => {
    lost.push('half an ');
    await eventually(async () => (await saidIn(turn)).length > 0);
    await speaking(turn, 2, async (next) => {
      next.push('whole answer');
      await next.end(true);
    });
    lost.push('answer');
    await lost.end(true);
  });
  expect(await saidIn(turn)).toEqual(['1 half an', '2 whole answer']);
});

test('a database that is away loses no words and fails no answer', async () => {
  const turn = aTurn();
  let away = true;
  const flaky: TurnFeed = {
    ...feed,
    read: feed.read,
    publish: async (...args) => {
      if (away) throw unavailable('MongoDB');
      return feed.publish(...args);
    },
  };
  await speaking(
    turn,
    1,
    async (to) => {
      to.push('Said while it was away, ');
      away = false;
      to.push('and after.');
      await to.end(true);
    },
    flaky,
  );
  expect((await saidIn(turn)).join('')).toBe('1 Said while it was away, and after.');
});
