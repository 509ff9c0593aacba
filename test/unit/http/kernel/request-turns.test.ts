import { setTimeout as sleep } from 'node:timers/promises';
import { inTurn, mayWait, type TurnLimits } from '../../../../src/http/kernel/streams/request-turns.ts';
import { routes } from '../../../../src/http/routes.ts';

const LONG_MS = 60_000;
const BESIDE_OTHERS = { areSeveral: () => true };
const LIMITS = { atOnce: 1, atOnceAlone: 1, longestMs: LONG_MS, longestRestMs: 0, mostWaiting: 10 };

/** Requests that begin when it is their turn, and end when they are told to. */
function requests(limits: Partial<TurnLimits>, surroundings = BESIDE_OTHERS) {
  const turn = inTurn({ ...LIMITS, ...limits }, surroundings);
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
  const { begun, reached, send, end } = requests({ atOnce: 2 });
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
  const { reached, send, end } = requests({ longestMs: 1 });
  const both = [send('a', 'a1'), send('a', 'a2')];
  await reached(2);
  end('a1');
  end('a2');
  expect(await Promise.all(both)).toEqual(['a1', 'a2']);
});

function keepBusy(ms: number) {
  for (const end = performance.now() + ms; performance.now() < end; );
}

test('after work its place stays empty for a while', async () => {
  const { begun, reached, send, end } = requests({ longestRestMs: LONG_MS });
  const both = [send('a', 'a1'), send('a', 'a2')];
  await reached(1);
  keepBusy(300);
  end('a1');
  await both[0];
  await new Promise(setImmediate);
  expect(begun).toEqual(['a1']);
  await reached(2);
  end('a2');
  await both[1];
});

test('a place does not rest after it has only waited', async () => {
  const { begun, reached, send, end } = requests({ longestRestMs: LONG_MS });
  const both = [send('a', 'a1'), send('a', 'a2')];
  await reached(1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  end('a1');
  for (let round = 0; round < 10; round++) await new Promise(setImmediate);
  expect(begun).toEqual(['a1', 'a2']);
  end('a2');
  await Promise.all(both);
});

test('what is refused at once leaves a pause to others', async () => {
  const turn = inTurn({ ...LIMITS, mostWaiting: 1_000 }, BESIDE_OTHERS);
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

test('a client who is alone uses the whole process, until somebody else comes', async () => {
  let areSeveral = false;
  const company = { areSeveral: () => areSeveral };
  const { begun, reached, send, end } = requests({ atOnceAlone: 3, longestRestMs: LONG_MS }, company);
  const first = ['a1', 'a2', 'a3'].map((name) => send('a', name));
  await reached(3);
  for (const name of begun) end(name);
  await Promise.all(first);
  // No place rests.
  const second = ['a4', 'a5', 'a6'].map((name) => send('a', name));
  await reached(6);
  areSeveral = true;
  const third = send('a', 'a7');
  for (const name of ['a4', 'a5']) end(name);
  await Promise.all(second.slice(0, 2));
  await new Promise(setImmediate);
  expect(begun).toHaveLength(6);
  end('a6');
  await reached(7);
  end('a7');
  await Promise.all([...second, third]);
});

test('more than may wait are refused', async () => {
  const { reached, send, end } = requests({ mostWaiting: 1 });
  const both = [send('a', 'a1'), send('a', 'a2')];
  await expect(send('a', 'a3')).rejects.toMatchObject({ kind: 'queue_full' });
  await reached(1);
  end('a1');
  await reached(2);
  end('a2');
  await Promise.all(both);
});

test('questions, searches, imports and deletions may wait for long', () => {
  const waiting = routes.filter(mayWait).map(({ operationId }) => operationId);
  expect(waiting).toEqual(
    expect.arrayContaining(['createSession', 'sendMessage', 'searchRecordings', 'importTranscript', 'deleteSession']),
  );
  expect(waiting).not.toContain('listRecordings');
  expect(waiting).not.toContain('followTurn');
});
