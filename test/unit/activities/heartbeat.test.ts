import { jest } from '@jest/globals';
import { withHeartbeat } from '../../../activities/lib/heartbeat.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test.each([
  ['done', (work: PromiseWithResolvers<string>) => work.resolve('done')],
  ['failed', (work: PromiseWithResolvers<string>) => work.reject(new Error('failed'))],
])('signs of life come until the work is %s', async (outcome, end) => {
  let beats = 0;
  const work = Promise.withResolvers<string>();
  const whole = withHeartbeat(
    () => beats++,
    () => work.promise,
  ).catch((error: Error) => error.message);
  jest.advanceTimersByTime(9_000);
  expect(beats).toBe(4);

  end(work);
  expect(await whole).toBe(outcome);
  jest.advanceTimersByTime(9_000);
  expect(beats).toBe(4);
});
