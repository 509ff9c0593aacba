import { randomUUID } from 'node:crypto';
import { LiveAnswer } from '../../../../src/clients/cli/ask/live-answer.ts';
import { createCheckedClient } from '../../../../src/clients/sdk/checked-client.ts';
import type { RecordingId } from '../../../../src/domain/shared/ids.ts';
import { recordingId } from '../../../../src/http/kernel/schemas/id-schemas.ts';
import { cuttingProxy } from '../../../component/clients/cli/cutting-proxy.ts';
import { anAskableRecording } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { hasTerminal, runAskOnTerminal } from '../../../support/run-ask.ts';
import { clearFaults, orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;
let recording: RecordingId;
beforeAll(async () => {
  service = await startService();
  client = await service.client();
  recording = recordingId.parse((await anAskableRecording(client)).recording.id);
}, 120_000);
afterAll(() => service?.stop());
afterEach(() => clearFaults(service.sandboxUrl));

const QUESTION = 'When is the launch?';
const ANSWER = 'Ben said: “The launch moved to May twelve because the review is late.” [1]\n';
const CITED = '\n[1] Weekly sync 01:02\n';

/** Asks over the recording, at this address, and shows the answer while it comes. */
async function ask(url: string) {
  const pieces: string[] = [];
  const write = (text: string) => void pieces.push(text);
  const live = new LiveAnswer({ push: write, write, finish: () => write('\n') });
  const result = await createCheckedClient({ url, key: client.secret }).startSession(
    {
      scope: { type: 'recording', recording_id: recording },
      initial_message: { content: QUESTION, provider: 'openai' },
    },
    randomUUID(),
    live.show,
  );
  live.end();
  return { result, pieces };
}

/** Slow enough that much of the answer is read before the next word is said. */
const SLOWLY = { provider: 'openai', chunk_delay_ms: 60 } as const;

test('an answer comes in pieces, which are the whole of it', async () => {
  await orderFault(service.sandboxUrl, SLOWLY);
  const { result, pieces } = await ask(service.url);
  expect(pieces.length).toBeGreaterThan(3);
  expect(pieces.join('')).toBe(ANSWER);
  expect(result.message.content).toBe(ANSWER.trim());
});

test('a connection that breaks in mid-answer is resumed, and no word comes twice', async () => {
  const proxy = await cuttingProxy(service.url, 'event: delta');
  try {
    await orderFault(service.sandboxUrl, SLOWLY);
    const { pieces } = await ask(proxy.url);
    expect(pieces.join('')).toBe(ANSWER);
    expect(proxy.connections()).toBe(2);
  } finally {
    proxy.close();
  }
});

test('a model that breaks off in mid-answer is heard to begin anew', async () => {
  await orderFault(service.sandboxUrl, { ...SLOWLY, truncate: true });
  const { pieces } = await ask(service.url);
  const [begun, again] = pieces.join('').split('\n(The model began the answer anew.)\n');
  expect(ANSWER).toContain(begun);
  expect(again).toBe(ANSWER);
});

if (!hasTerminal) process.stderr.write('Left out: `ask question` on a terminal; it needs `script` of util-linux.\n');
(hasTerminal ? test : test.skip)(
  'on a terminal, `ask question` shows the words, then where the citations point',
  async () => {
    const run = await runAskOnTerminal(['question', QUESTION, '--recording', recording, '--provider', 'openai'], {
      ASK_API_URL: service.url,
      ASK_API_KEY: client.secret,
    });
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining(`${ANSWER}${CITED}(openai, sandbox; `) });
  },
);
