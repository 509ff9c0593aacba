import { providerFailure } from '../../../src/domain/shared/errors.ts';
import { toFailure } from '../../../workflows/failures.ts';
import { eventually } from '../../support/eventually.ts';
import { aTurn, type SessionHarness, scriptedActivities, sessionHarness, untilCancelled } from './session-harness.ts';

let harness: SessionHarness;

beforeAll(async () => {
  harness = await sessionHarness();
}, 60_000);
afterAll(() => harness?.close());

const attributes = async (session: ReturnType<SessionHarness['session']>) => {
  const { searchAttributes } = await session.handle().describe();
  return { outcome: searchAttributes.AskLastOutcome?.[0], provider: searchAttributes.AskProvider?.[0] };
};
const events = async (session: ReturnType<SessionHarness['session']>) =>
  (await session.handle().fetchHistory()).events ?? [];

test('a run says which turn it is at, of which step and provider, and never what was asked', async () => {
  const worker = await harness.startWorker(scriptedActivities({ generateAnswer: untilCancelled }).activities);
  const session = harness.session();
  const turn = aTurn('What is the secret?');
  await session.begin(turn);
  await eventually(async () => (await session.snapshot(turn)).turn?.status === 'generating');
  const details = await session.handle().query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(details.currentDetails).toBe(`Turn 1 of this run (${turn.turnId}): asking openai. 0 more waiting.`);
  await session.cancelTurn(turn);
  await worker.stop();
});

test('what the last turn came to can be searched for, and only a change costs an event', async () => {
  let fails = true;
  const { activities } = scriptedActivities();
  const { generateAnswer } = activities;
  const worker = await harness.startWorker({
    ...activities,
    generateAnswer: async (input) => {
      if (fails) throw toFailure(providerFailure('openai', 'authentication', { retryable: false }));
      return { ...(await generateAnswer(input)), provider: 'claude' };
    },
  });
  const session = harness.session();
  await session.ask(aTurn());
  expect(await attributes(session)).toEqual({ outcome: 'failed', provider: 'openai' });
  fails = false;
  for (const content of ['1', '2', '3']) await session.ask(aTurn(content));
  expect(await attributes(session)).toEqual({ outcome: 'completed', provider: 'claude' });
  const upserts = (await events(session)).filter(
    (event) => event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields?.AskLastOutcome,
  );
  expect(upserts).toHaveLength(2);
  await worker.stop();
});

test('every step of a turn bears words for operators', async () => {
  const worker = await harness.startWorker(scriptedActivities().activities);
  const session = harness.session();
  await session.ask(aTurn('What is the secret?'));
  const summaries = (await events(session)).flatMap(({ userMetadata }) =>
    userMetadata?.summary?.data ? [JSON.parse(Buffer.from(userMetadata.summary.data).toString())] : [],
  );
  expect(summaries).toEqual(['Record the question', 'Gather the context', 'Ask openai', 'Record the answer']);
  await worker.stop();
});
