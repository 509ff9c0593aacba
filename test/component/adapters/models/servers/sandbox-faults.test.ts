import { PROVIDERS } from '../../../../../src/domain/shared/provider.ts';
import type { Fault } from '../../../../../src/local/sandbox-models/faults.ts';
import type { Sandbox } from '../../../../../src/local/sandbox-models/server.ts';
import { startSandbox } from '../../../../support/start-sandbox.ts';
import { controlOf, failureOf, modelsAt, patient, prompt, streamed } from '../support.ts';

/** What users of real servers see, out of the sandbox. */
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => controlOf(sandbox.url).clear());

const SAID = 'Blue: it **is**, [^k7x2m].';

describe.each(PROVIDERS)('%s', (provider) => {
  const ask = async (fault: Omit<Fault, 'provider' | 'times'>, isStreamed: boolean) => {
    await controlOf(sandbox.url).fault({ provider, ...fault });
    const { options, pieces } = streamed();
    const reply = await modelsAt(sandbox.url)
      .get(provider)
      .generate(prompt, isStreamed ? options : patient());
    if (isStreamed) expect(pieces.join('')).toBe(reply.text);
    return reply;
  };

  test.each<[string, Omit<Fault, 'provider' | 'times'>]>([
    ['thinking in the text', { thinking: 'marked' }],
    ['thinking apart', { thinking: 'apart' }],
    ['odd events', { odd: true }],
    ['thinking and odd events', { thinking: 'marked', odd: true }],
  ])('%s changes nothing of the answer, plain or streamed', async (_, fault) => {
    for (const isStreamed of [false, true]) {
      expect(await ask({ says: SAID, ...fault }, isStreamed)).toMatchObject({ text: SAID, finishReason: 'stop' });
    }
  });

  test('Markdown comes as it is', async () => {
    const { text } = await ask({ markdown: true }, true);
    expect(text).toMatch(/^## Answer[\s\S]*`\[\^0-9\]\+`[\s\S]*\| it \| there \|/);
  });

  test('a server that counts nothing, and one that cuts the prompt', async () => {
    expect((await ask({ counted: null }, true)).tokens).toMatchObject({ estimated: true });
    const long = { ...prompt, context: 'The launch moved to May. '.repeat(1_000) };
    await controlOf(sandbox.url).fault({ provider, counted: 4_096 });
    const error = await failureOf(modelsAt(sandbox.url).get(provider).generate(long, patient()));
    expect(error.details).toMatchObject({ reason: 'context_truncated' });
  });
});
