import { jest } from '@jest/globals';
import { eventStream } from '../../../../src/http/ask/stream/event-stream.ts';
import type { TurnEvent } from '../../../../src/ports/ask/turn-subscription.ts';

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'] }));
afterEach(() => jest.useRealTimers());

const event = (name: TurnEvent['name']): TurnEvent => ({ name, data: { text: 'a\nb' } });

async function linesOf(events: AsyncIterable<TurnEvent | null>, lastEventId = 0): Promise<string[]> {
  const lines: string[] = [];
  for await (const chunk of eventStream(events, lastEventId).body) lines.push(String(chunk));
  return lines;
}

test('an event is its number, its name and one line of data', async () => {
  async function* events() {
    yield event('turn.started');
    yield event('delta');
  }
  expect(await linesOf(events())).toEqual([
    'id: 1\nevent: turn.started\ndata: {"text":"a\\nb"}\n\n',
    'id: 2\nevent: delta\ndata: {"text":"a\\nb"}\n\n',
  ]);
  expect(await linesOf(events(), 1)).toEqual(['id: 2\nevent: delta\ndata: {"text":"a\\nb"}\n\n']);
});

test('a comment keeps the connection open for every 15 s in which nothing comes', async () => {
  async function* events() {
    yield event('turn.started');
    for (let second = 0; second < 31; second++) {
      jest.advanceTimersByTime(1_000);
      yield null;
    }
    yield event('turn.completed');
  }
  const lines = await linesOf(events());
  expect(lines.map((line) => line.split('\n')[0])).toEqual(['id: 1', ': still on it', ': still on it', 'id: 2']);
});
