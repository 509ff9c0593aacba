import { inTurn } from '../../../activities/lib/in-turn.ts';
import { FairQueue } from '../../../src/domain/access/fair-queue.ts';

const tenant = (projectId: `prj_${string}`) => ({ tenant: { projectId, mode: 'test', endUserId: null } as const });

test('a project with much heavy work leaves a slot to another one, and one taken back leaves the queue', async () => {
  const taken = new AbortController();
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const surroundings = { signal: () => taken.signal, heartbeat: () => undefined };
  const heavy = inTurn(
    new FairQueue({ slots: 2, perOwner: 1 }),
    surroundings,
  )(async (input: ReturnType<typeof tenant> & { name: string }) => {
    begun.push(input.name);
    await new Promise<void>((resolve) => ends.push(resolve));
    return input.name;
  });
  const first = heavy({ ...tenant('prj_a'), name: 'a1' });
  const second = heavy({ ...tenant('prj_a'), name: 'a2' });
  const other = heavy({ ...tenant('prj_b'), name: 'b1' });
  await new Promise(setImmediate);
  expect(begun).toEqual(['a1', 'b1']);
  taken.abort(new Error('timed out'));
  await expect(second).rejects.toThrow('timed out');
  for (const end of ends) end();
  expect(await Promise.all([first, other])).toEqual(['a1', 'b1']);
  expect(begun).toEqual(['a1', 'b1']);
});
