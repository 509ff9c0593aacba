import type { Turn } from '../../../../src/domain/ask/turn.ts';
import { idFromBytes } from '../../../../src/domain/shared/ids.ts';
import { ReadingPace } from '../../../../src/http/ask/stream/reading-pace.ts';
import { createTurnReaders } from '../../../../src/http/ask/stream/turn-readers.ts';
import type { FeedBatch } from '../../../../src/ports/ask/turn-feed.ts';
import type { TurnEvent } from '../../../../src/ports/ask/turn-subscription.ts';
import { scopeReference } from '../../../support/context-references.ts';

const id = <P extends 'prj' | 'as' | 'trn' | 'msg'>(prefix: P, n: number) => idFromBytes(prefix, Buffer.alloc(16, n));
const tenantOf = (project: number) => ({ projectId: id('prj', project), mode: 'test' as const, endUserId: null });

const turn: Turn = {
  ...{ id: id('trn', 1), sessionId: id('as', 1), messageId: id('msg', 1), attempt: 1 },
  ...{ status: 'generating', error: null, createdAt: '2026-11-26T00:00:00.000Z', completedAt: null },
};
const failed: Turn = { ...turn, status: 'failed', error: { kind: 'provider_error', message: 'No.' } };
const words = (text: string): FeedBatch => ({
  generation: 1,
  attempt: 1,
  pieces: [{ type: 'text', text }],
  last: false,
});

/** A turn that says these words and goes on until it is told to end. Counts what its readers read, by place. */
function aTurn(...said: string[]) {
  const reads: number[] = [];
  let state = turn;
  return {
    reads,
    end: () => {
      state = failed;
    },
    readers: createTurnReaders({
      transcripts: { chunks: async () => [] },
      feed: {
        read: async (_tenant, _turn, place) => {
          reads.push(place);
          const text = said[place];
          return text === undefined ? null : words(text);
        },
      },
    }),
    toRead: (project = 1) => ({
      ...{ tenant: tenantOf(project), sessionId: turn.sessionId, turnId: turn.id },
      loadState: async () => ({
        ...{ turn: state, result: null },
        context: scopeReference(),
      }),
    }),
  };
}

/** The events, up to the one with this name. */
async function eventsOf(stream: AsyncIterable<TurnEvent | null>, last: string): Promise<string[]> {
  const events: string[] = [];
  for await (const event of stream) {
    if (event !== null) events.push(`${event.name} ${JSON.stringify(event.data)}`);
    if (event?.name === last) break;
  }
  return events;
}

test('all subscribers of a turn get the same events, and share one reader', async () => {
  const { readers, reads, toRead, end } = aTurn('One ', 'two ', 'three.');
  const all = Promise.all(Array.from({ length: 50 }, () => eventsOf(readers(toRead()), 'turn.failed')));
  const late = eventsOf(readers(toRead()), 'delta').then(() => eventsOf(readers(toRead()), 'turn.failed'));
  const first = await eventsOf(readers(toRead()), 'delta');
  end();
  const [heard, heardLate] = [await all, await late];
  expect(first.map((event) => event.split(' ', 1)[0])).toEqual(['turn.started', 'sources', 'delta']);
  expect(heard[0]).toHaveLength(6);
  for (const each of [...heard, heardLate]) expect(each).toEqual(heard[0]);
  // Each place was read until it was there, and by nobody a second time.
  expect(reads.filter((place) => place < 3)).toEqual([0, 1, 2]);
});

test('nothing is read any more when nobody subscribes, and who comes back starts with the first event', async () => {
  const { readers, reads, toRead, end } = aTurn('One ');
  await eventsOf(readers(toRead()), 'delta');
  // A reader that still read would read place 1 of this turn, too.
  const quiet = readers(toRead());
  end();
  expect((await eventsOf(quiet, 'turn.failed')).map((event) => event.split(' ', 1)[0])).toEqual([
    ...['turn.started', 'sources', 'delta', 'turn.failed'],
  ]);
  const count = reads.length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(reads).toHaveLength(count);
});

test('readers of two projects, and of a turn that runs once more, are not shared', async () => {
  const { readers, reads, toRead, end } = aTurn('One ');
  const streams = [readers(toRead(1)), readers(toRead(2)), readers({ ...toRead(1), isRerun: true })];
  const heard = streams.map((stream) => eventsOf(stream, 'turn.failed'));
  end();
  await Promise.all(heard);
  expect(reads.filter((place) => place === 0)).toHaveLength(3);
});

describe('the pace of reading', () => {
  test("is a project's own: many readers of one do not slow down another", () => {
    const pace = new ReadingPace();
    const leave = Array.from({ length: 200 }, () => pace.enter(tenantOf(1)));
    pace.enter(tenantOf(2));
    expect([pace.readPause(tenantOf(1), 0), pace.readPause(tenantOf(2), 0)]).toEqual([1_000, 30]);
    expect(pace.lookPause(tenantOf(1))).toBeGreaterThan(pace.lookPause(tenantOf(2)));
    for (const each of leave) each();
    expect(pace.readPause(tenantOf(1), 0)).toBe(30);
  });

  test('is slower while a model says nothing', () => {
    const pace = new ReadingPace();
    pace.enter(tenantOf(1));
    expect(pace.readPause(tenantOf(1), 10_000)).toBeGreaterThan(pace.readPause(tenantOf(1), 0));
  });
});
