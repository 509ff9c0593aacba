import { setTimeout as sleep } from 'node:timers/promises';
import { inTurn, mayWait } from '../../../../src/http/kernel/streams/request-turns.ts';
import { routes } from '../../../../src/http/routes.ts';

const LONG_MS = 60_000;

/** Requests that begin when it is their turn, and end when they are told to. */
function requests(limits: Parameters<typeof inTurn>[0]) {
  const turn = inTurn(limits);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const send = (owner: string, name: string) =>
    turn(owner, async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      return name;
    });
  const reached = async (count: number) => {
    while (begun.length < count) await sleep(1);
  };
  return { begun, reached, send, end: (name: string) => ends.get(name)?.() };
}

test('a client who sends many requests waits for them alone', async () => {
  const { begun, reached, send, end } = requests({ atOnce: 2, longestMs: LONG_MS, longestRestMs: 0, mostWaiting: 10 });
  const many = ['a1', 'a2', 'a3', 'a4'].map((name) => send('a', name));
  const other = send('b', 'b1');
  await reached(3);
  expect(begun.toSorted()).toEqual(['a1', 'a2', 'b1']);
  end('a1');
  expect(await many[0]).toBe('a1');
  await reached(4);
  expect(begun.at(-1)).toBe('a3');
  for (const name of ['b1', 'a2', 'a3']) end(name);
  await reached(5);
  end('a4');
  await Promise.all([...many, other]);
});

test('one that waits for somebody else gives up its place', async () => {
  const { reached, send, end } = requests({ atOnce: 1, longestMs: 1, longestRestMs: 0, mostWaiting: 10 });
  const both = [send('a', 'a1'), send('a', 'a2')];
  await reached(2);
  end('a1');
  end('a2');
  expect(await Promise.all(both)).toEqual(['a1', 'a2']);
});

test('after work its place stays empty for a while', async () => {
  const { begun, reached, send, end } = requests({
    atOnce: 1,
    longestMs: LONG_MS,
    longestRestMs: LONG_MS,
    mostWaiting: 10,
  });
  const both = [send('a', 'a1'), send('a', 'a2')];
  await reached(1);
  await sleep(300);
  end('a1');
  await both[0];
  await new Promise(setImmediate);
  expect(begun).toEqual(['a1']);
  await reached(2);
  end('a2');
  await both[1];
});

test('what is refused at once leaves a pause to others', async () => {
  const turn = inTurn({ atOnce: 1, longestMs: LONG_MS, longestRestMs: 0, mostWaiting: 1_000 });
  let refused = 0;
  const refuse = async () => {
    refused++;
    throw new Error('no');
  };
  const all = Promise.allSettled(Array.from({ length: 100 }, () => turn('a', refuse)));
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(refused).toBeLessThan(10);
  await all;
  expect(refused).toBe(100);
});

test('more than may wait are refused', async () => {
  const { reached, send, end } = requests({ atOnce: 1, longestMs: LONG_MS, longestRestMs: 0, mostWaiting: 1 });
  const both = [send('a', 'a1'), send('a', 'a2')];
  await expect(send('a', 'a3')).rejects.toMatchObject({ kind: 'queue_full' });
  await reached(1);
  end('a1');
  await reached(2);
  end('a2');
  await Promise.all(both);
});

test('questions, imports and deletions may wait for long', () => {
  const waiting = routes.filter(mayWait).map(({ operationId }) => operationId);
  expect(waiting).toEqual(
    expect.arrayContaining(['createSession', 'sendMessage', 'importTranscript', 'deleteSession']),
  );
  expect(waiting).not.toContain('listRecordings');
});
