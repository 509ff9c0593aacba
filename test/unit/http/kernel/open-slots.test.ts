import { once } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { idFromBytes } from '../../../../src/domain/shared/ids.ts';
import {
  createOpenSlots,
  startsRun,
  streamKindOf,
  untilClosed,
} from '../../../../src/http/kernel/streams/open-slots.ts';
import { routes } from '../../../../src/http/routes.ts';

const key = (n: number) => idFromBytes('key', Buffer.alloc(16, n));

test('a key gets so many streams of a kind, and one that ends makes room', () => {
  const slots = createOpenSlots({ events: 2, download: 1, body: 1, run: 1 });
  const release = slots.take(key(1), 'events');
  slots.take(key(1), 'events');
  expect(() => slots.take(key(1), 'events')).toThrow(expect.objectContaining({ kind: 'queue_full' }));
  release();
  slots.take(key(1), 'events');
  expect(() => slots.take(key(1), 'events')).toThrow('2 streams');
});

test('another key, and another kind have slots of their own', () => {
  const slots = createOpenSlots({ events: 1, download: 1, body: 1, run: 1 });
  slots.take(key(1), 'events');
  slots.take(key(2), 'events');
  slots.take(key(1), 'download');
  slots.take(key(1), 'body');
  slots.take(key(1), 'run');
  expect(() => slots.take(key(1), 'download')).toThrow('1 stream');
  expect(() => slots.take(key(1), 'run')).toThrow('1 imports and deletions');
});

test('a slot ends with its response, also where the client went before it was taken', async () => {
  const slots = createOpenSlots({ events: 1, download: 1, body: 1, run: 1 });
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  untilClosed(response, slots.take(key(1), 'run'));
  expect(() => slots.take(key(1), 'run')).toThrow('1 imports and deletions');
  const closed = once(response, 'close');
  response.destroy();
  await closed;
  untilClosed(response, slots.take(key(1), 'run'));
  slots.take(key(1), 'run');
});

const streaming = (wantsEvents: boolean) =>
  Object.fromEntries(
    routes.map((route) => [route.operationId, streamKindOf(route, wantsEvents)]).filter(([, kind]) => kind !== null),
  );

test('the table tells which routes stream', () => {
  const always = { exportSession: 'download', getTranscription: 'download', followTurn: 'events' };
  expect(streaming(false)).toEqual(always);
  expect(streaming(true)).toEqual({ ...always, createSession: 'events', sendMessage: 'events' });
});

test('imports and deletions start a run, and wait for their turn', () => {
  const starting = routes.filter(startsRun).map(({ operationId }) => operationId);
  expect(starting.toSorted()).toEqual(['deleteEndUser', 'deleteRecording', 'deleteSession', 'importTranscript']);
});
