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
  return { begun, send, end: (name: string) => ends.get(name)?.() };
}

/** As many rounds of the event loop as any of these turns takes. */
async function settled() {
  for (let i = 0; i < 20; i++) await new Promise(setImmediate);
}

test('a client who sends many requests waits for them alone', async () => {
  const { begun, send, end } = requests({ atOnce: 2, longestMs: LONG_MS, mostWaiting: 10 });
  const many = ['a1', 'a2', 'a3', 'a4'].map((name) => send('a', name));
  const other = send('b', 'b1');
  await settled();
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  end('a1');
  expect(await many[0]).toBe('a1');
  await settled();
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  for (const name of ['b1', 'a2', 'a3']) end(name);
  await settled();
  end('a4');
  await Promise.all([...many, other]);
});

test('one that waits for somebody else gives up its place', async () => {
  const { begun, send, end } = requests({ atOnce: 1, longestMs: 1, mostWaiting: 10 });
  const first = send('a', 'a1');
  const second = send('a', 'a2');
  while (begun.length < 2) await settled();
  end('a1');
  end('a2');
  expect(await Promise.all([first, second])).toEqual(['a1', 'a2']);
});

test('what is refused at once leaves a pause to others', async () => {
  const turn = inTurn({ atOnce: 1, longestMs: LONG_MS, mostWaiting: 1_000 });
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
  const { send, end } = requests({ atOnce: 1, longestMs: LONG_MS, mostWaiting: 1 });
  const [first, second] = [send('a', 'a1'), send('a', 'a2')];
  await expect(send('a', 'a3')).rejects.toMatchObject({ kind: 'queue_full' });
  await settled();
  end('a1');
  await settled();
  end('a2');
  await Promise.all([first, second]);
});

test('questions, imports and deletions may wait for long', () => {
  const waiting = routes.filter(mayWait).map(({ operationId }) => operationId);
  expect(waiting).toEqual(
    expect.arrayContaining(['createSession', 'sendMessage', 'importTranscript', 'deleteSession']),
  );
  expect(waiting).not.toContain('listRecordings');
});
