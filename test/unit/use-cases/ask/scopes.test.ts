import type { LibraryRecording } from '../../../../src/domain/answering/context/library-recording.ts';
import type { NewSession } from '../../../../src/domain/ask/session.ts';
import type { Recording } from '../../../../src/domain/library/recording.ts';
import { idFromBytes } from '../../../../src/domain/shared/ids.ts';
import { createScopes } from '../../../../src/use-cases/answering/scopes.ts';

const bytes = (n: number) => Buffer.alloc(16, n);
const owner = {
  projectId: idFromBytes('prj', bytes(1)),
  mode: 'test',
  endUserId: idFromBytes('eu', bytes(1)),
} as const;
const sessionOf = (n: number, projectId = owner.projectId): NewSession => ({
  ...{ ...owner, projectId, id: idFromBytes('as', bytes(n)) },
  ...{ scope: { type: 'library' }, title: 'Chat', recordingTitle: null, createdAt: '2026-01-01T00:00:00.000Z' },
});
const recording: Recording = {
  ...{ ...owner, id: idFromBytes('rec', bytes(1)), externalId: null, deviceId: null, name: 'Sync', status: 'pending' },
  ...{ durationMs: null, startedAt: null, endedAt: null, transcriptionId: null, outline: null, metadata: {} },
  createdAt: '2026-01-01T00:00:00.000Z',
};

/** Scopes over a library of so many recordings, and when they were read. */
function scopesOf(count: number) {
  const reads: string[] = [];
  const waiting: (() => void)[] = [];
  const nothing = async () => null;
  const scopes = createScopes({
    recordings: {
      allOf: async ({ projectId }) => {
        reads.push(projectId);
        await new Promise<void>((resolve) => waiting.push(resolve));
        return Array<Recording>(count).fill(recording);
      },
      findAll: async () => [],
    },
    transcripts: { currentOf: nothing },
  });
  const next = async () => {
    await new Promise(setImmediate);
    waiting.shift()?.();
  };
  return { scopes, reads, next };
}

async function loaded(loading: Promise<LibraryRecording[]>, next: () => Promise<void>) {
  await next();
  return (await loading).length;
}

test('a project loads one scope at a time, and another one does not wait for all of them', async () => {
  const { scopes, reads, next } = scopesOf(1);
  const other = idFromBytes('prj', bytes(2));
  const loads = [1, 2, 3].map((n) => scopes.load(sessionOf(n)));
  loads.push(scopes.load(sessionOf(4, other)));
  await new Promise(setImmediate);
  expect(reads).toEqual([owner.projectId, other]);
  for (const _ of loads) await next();
  await Promise.all(loads);
});

test('what was loaded is kept for the turn, but for a scope of thousands', async () => {
  const small = scopesOf(10);
  expect(await loaded(small.scopes.load(sessionOf(1)), small.next)).toBe(10);
  expect(await loaded(small.scopes.recall(sessionOf(1)), small.next)).toBe(10);
  expect(small.reads).toHaveLength(1);

  const large = scopesOf(5_000);
  await loaded(large.scopes.load(sessionOf(1)), large.next);
  await loaded(large.scopes.recall(sessionOf(1)), large.next);
  expect(large.reads).toHaveLength(2);
});
