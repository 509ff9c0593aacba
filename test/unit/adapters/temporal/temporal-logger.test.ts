import { type ServiceLog, temporalLogger } from '../../../../src/adapters/temporal/worker/temporal-logger.ts';

function logged() {
  const lines: [level: string, message: string, facts: object][] = [];
  const at = (level: string) => (facts: object, message: string) => void lines.push([level, message, facts]);
  const log: ServiceLog = {
    ...{ trace: at('trace'), debug: at('debug'), info: at('info') },
    ...{ warn: at('warn'), error: at('error') },
  };
  return { lines, log: temporalLogger(log) };
}

test('a run that was deleted while a worker worked on it is no warning, and another trouble of a task is one', () => {
  const { lines, log } = logged();
  log.log('WARN', 'Task not found when completing', { runId: '1' });
  log.log('WARN', 'Error while completing workflow activation', { runId: '2' });
  expect(lines.map(([level]) => level)).toEqual(['debug', 'warn']);
});

test('no line carries the token that lets its holder complete an activity', () => {
  const { lines, log } = logged();
  log.warn('Activity not completed', { taskToken: 'secret', activityId: '1' });
  expect(lines).toEqual([['warn', 'Activity not completed', { activityId: '1' }]]);
});
