import { Registry } from 'prom-client';
import { meteredModels } from '../../../../src/adapters/models/metered.ts';
import { PROVIDERS } from '../../../../src/domain/shared/provider.ts';
import type { Sandbox } from '../../../../src/local/sandbox-models/server.ts';
import { startSandbox } from '../../../support/start-sandbox.ts';
import { modelsAt, patient, prompt, streamed } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

test.each(PROVIDERS)('%s: the wait for the first text is measured once in each streamed call', async (provider) => {
  const metrics = new Registry();
  const model = meteredModels(modelsAt(sandbox.url), metrics, {}).get(provider);
  const { options, pieces } = streamed();
  const reply = await model.generate(prompt, options);
  await model.generate(prompt, patient());
  expect(pieces.join('')).toBe(reply.text);
  const text = await metrics.metrics();
  expect(text).toContain(`ask_model_first_text_seconds_count{provider="${provider}"} 1\n`);
  expect(text).toContain(`ask_model_attempt_duration_seconds_count{provider="${provider}",outcome="ok"} 2\n`);
});
