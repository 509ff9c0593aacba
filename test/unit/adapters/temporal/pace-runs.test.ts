import { setImmediate } from 'node:timers/promises';
import { paceRuns } from '../../../../src/adapters/temporal/gateways/pace-runs.ts';

/** Starts runs that end when they are told, and notes which were started. */
function watched() {
  const pace = paceRuns();
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    started,
    end: (run: string) => ends.get(run)?.(),
    begin: (projectId: string, run: string) =>
      pace(projectId, async () => {
        started.push(run);
        return { ended: new Promise<void>((resolve) => ends.set(run, resolve)) };
      }),
  };
}

test('a run starts when the last one of its project has ended', async () => {
  const { begin, end, started } = watched();
  await begin('prj_1', 'first');
  const second = begin('prj_1', 'second');
  await setImmediate();
  expect(started).toEqual(['first']);
  end('first');
  await second;
  expect(started).toEqual(['first', 'second']);
});

test('a run that does not end holds up the next one for a while alone', async () => {
  const { begin, started } = watched();
  await begin('prj_1', 'first');
  await begin('prj_1', 'second');
  expect(started).toEqual(['first', 'second']);
});

test('another project waits for none of them', async () => {
  const { begin, end, started } = watched();
  await begin('prj_1', 'first');
  const second = begin('prj_1', 'second');
  await begin('prj_2', 'other');
  expect(started).toEqual(['first', 'other']);
  end('first');
  await second;
});

test('a run that cannot be started fails, and holds up nothing', async () => {
  const pace = paceRuns();
  const refuse = () => Promise.reject(new Error('Temporal is away.'));
  await expect(pace('prj_1', refuse)).rejects.toThrow('Temporal is away.');
  await pace('prj_1', async () => ({ ended: Promise.resolve() }));
});

test('a run whose end cannot be awaited was started, and holds up nothing', async () => {
  const pace = paceRuns();
  const ended = Promise.reject(new Error('Temporal is away.'));
  expect(await pace('prj_1', async () => ({ ended }))).toEqual({ ended });
  await pace('prj_1', async () => ({ ended: Promise.resolve() }));
});
