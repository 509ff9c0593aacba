import { onlyJson, runAsk } from '../../../support/run-ask.ts';

const settings = { TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS ?? '' };

test('temporal setup leaves every search attribute registered, however often it runs', async () => {
  expect((await runAsk(['temporal', 'setup'], settings)).code).toBe(0);
  const again = onlyJson(await runAsk(['temporal', 'setup', '--json'], settings));
  expect(again).toMatchObject({ ready: true, namespace: 'default' });
  expect(again.search_attributes).toContainEqual({ name: 'AskLastOutcome', state: 'was there' });
});

test('temporal setup on an unknown namespace says so', async () => {
  const run = await runAsk(['temporal', 'setup'], { ...settings, TEMPORAL_NAMESPACE: 'nope' });
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toContain('Namespace nope is not found');
});
