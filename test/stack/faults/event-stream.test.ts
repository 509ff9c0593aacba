import { type Cluster, startCluster } from '../../chaos/cluster.ts';
import { clientOf } from '../../support/client.ts';
import { eventsOf, heard, type StreamedEvent } from '../../support/event-stream.ts';
import { orderFault } from '../../support/sandbox.ts';
import { talks } from './asking.ts';

let cluster: Cluster;
let authorization: string;
let place: string;

beforeAll(async () => {
  cluster = await startCluster({ apis: [{}, {}] });
  const key = await cluster.createKey();
  authorization = `Bearer ${key.secret}`;
  const { open } = await talks(clientOf(cluster.urls[0] ?? '', key));
  place = `/v1/ask/sessions/${(await open()).sessionId}`;
}, 120_000);
afterAll(() => cluster?.close(), 60_000);

const [first, second] = [() => cluster.urls[0] ?? '', () => cluster.urls[1] ?? ''];
const accept = 'text/event-stream';

function ask(url: string): Promise<Response> {
  const headers = { authorization, accept, 'content-type': 'application/json' };
  const body = JSON.stringify({ content: 'When is the launch?', provider: 'openai' });
  return fetch(`${url}${place}/messages`, { method: 'POST', headers, body });
}
function resume(url: string, turn: StreamedEvent | undefined, lastEventId: string): Promise<Response> {
  const headers = { authorization, accept, 'last-event-id': lastEventId };
  return fetch(`${url}${place}/turns/${turn?.data.turn_id}/events`, { headers });
}
/** Events up to the first words. */
const begun = (events: StreamedEvent[]) => events.some(({ name }) => name === 'delta');
const slowly = () => orderFault(cluster.sandboxUrl, { provider: 'openai', chunk_delay_ms: 150 });

test('when the API dies in mid-answer, another one resumes the stream without a word lost or doubled', async () => {
  await slowly();
  const before = await eventsOf(await ask(first()), begun);
  await cluster.kill('api-0');
  const after = await eventsOf(await resume(second(), before[0], before.at(-1)?.id ?? ''));
  expect(after.at(-1)?.name).toBe('turn.completed');
  expect(after.map(({ name }) => name)).not.toContain('turn.restarted');
  expect(heard([...before, ...after])).toBe(after.at(-1)?.data.message.content);
  await cluster.start('api-0');
}, 60_000);

test('when the worker dies in mid-answer, the next one begins the answer anew in the same stream', async () => {
  await slowly();
  const response = await ask(second());
  let killed: Promise<unknown> | null = null;
  const events = await eventsOf(response, (sofar) => {
    if (killed === null && begun(sofar)) killed = cluster.kill('worker-0').then(() => cluster.start('worker-0'));
    return false;
  });
  await killed;
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => String(index + 1)));
  expect(events.find(({ name }) => name === 'turn.restarted')?.data).toEqual({ attempt: 2 });
  expect(heard(events)).toBe(events.at(-1)?.data.message.content);
}, 90_000);
