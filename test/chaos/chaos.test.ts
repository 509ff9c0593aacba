import { chaos } from './chaos.ts';
import { table } from './table.ts';

test('whatever is killed under load, each question ends in one stored answer', async () => {
  const report = await chaos({
    seconds: 1,
    faults: ['worker', 'api', 'temporal', 'mongodb', 'all'],
    load: { clients: 4, thinkMs: 100, questionsPerSession: 10 },
  });
  process.stderr.write(`${table(report)}\n`);
  expect(report.answered).toBe(report.requests);
  expect(report).toMatchObject({ lost: 0, refused: 0, doubledMessages: 0, doubledAnswers: 0, disordered: 0 });
  // One for each answer, and at most one more for each client whose question a kill cut off.
  expect(report.modelCalls).toBeGreaterThanOrEqual(report.answered);
  expect(report.modelCalls).toBeLessThanOrEqual(report.answered + 4 * report.faults.length);
}, 240_000);
