import type { Client, WorkflowHandle } from '@temporalio/client';
import type { Activities } from '../../../activities/index.ts';
import { AskError, notFound } from '../../../src/domain/shared/errors.ts';
import {
  ERASE,
  type EraseInput,
  eraseWorkflowId,
  expiryWorkflowId,
  INDEX_TRANSCRIPT,
  type IndexInput,
  indexWorkflowId,
  MAINTAIN,
  REDATE_RECORDING,
  type REINDEX,
  type RedateInput,
  type ReindexInput,
  redateSignal,
  redateWorkflowId,
} from '../../../workflows/contract.ts';
import { toFailure } from '../../../workflows/failures.ts';
import { REINDEX_SCENARIOS } from './reindex-scenarios.ts';

export interface LibraryScenario {
  workflow: typeof ERASE | typeof INDEX_TRANSCRIPT | typeof MAINTAIN | typeof REDATE_RECORDING | typeof REINDEX;
  workflowId: string;
  input?: EraseInput | IndexInput | RedateInput | ReindexInput;
  /** What the steps do; made anew for each recording. */
  steps(): Partial<Activities>;
  /** Its run does not complete. */
  fails?: true;
  /** Needs a server that calls a history long after some events. */
  shortHistories?: boolean;
  /** What goes on already. */
  before?(client: Client): Promise<unknown>;
  /** What happens while it runs. */
  during?(handle: WorkflowHandle): Promise<unknown>;
}

const tenant = { projectId: 'prj_1', mode: 'test', endUserId: 'eu_1' } as const;
const nothing = async () => {};

/** More chunks than one step takes. */
const CHUNKS = 1000;
const indexed: Partial<Activities> = {
  chunkTranscript: async () => CHUNKS,
  indexChunks: nothing,
  verifyChunks: nothing,
  publishTranscription: async () => [{ transcriptionId: 'txn_0', by: 'txn_1' }],
  retireTranscription: nothing,
  failTranscription: nothing,
};
const erased: Partial<Activities> = {
  eraseSession: nothing,
  eraseRecording: nothing,
  sweepOrphans: async () => 0,
};

/** An end user of whom each listing finds so many sessions and a recording, until one finds nothing. */
function ofAnEndUser(listings: readonly number[]) {
  return (): Partial<Activities> => {
    const left = [...listings];
    const eraseEndUser: Activities['eraseEndUser'] = async () => {
      const sessions = left.shift() ?? 0;
      const sessionIds = Array.from({ length: sessions }, (_, i) => `as_${left.length}${i}` as const);
      return { sessionIds, recordingIds: sessions > 0 ? [`rec_${left.length}` as const] : [] };
    };
    return { ...erased, eraseEndUser };
  };
}

/** An erasure whose step fails for good at first, so that its reason is shown, or takes so long, in ms. */
function slowly(ms: number, failures = 0) {
  return (): Partial<Activities> => {
    let left = failures;
    const eraseSession: Activities['eraseSession'] = async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      if (left-- > 0) throw toFailure(new AskError('invalid_request', 'The index refused it.'));
    };
    return { ...erased, eraseSession };
  };
}

/** Two transcripts, of which one takes more than one step. */
const redated: Partial<Activities> = {
  findDateChanges: async () => ({
    changeIds: ['change-1'],
    transcripts: [
      { transcriptionId: 'txn_1', chunkCount: CHUNKS },
      { transcriptionId: 'txn_2', chunkCount: 3 },
    ],
  }),
  redateChunks: nothing,
  endDateChanges: nothing,
};

function redating(id: string, more: Partial<LibraryScenario> = {}): LibraryScenario {
  const input = { tenant, recordingId: `rec_${id}` } as const;
  return {
    workflow: REDATE_RECORDING,
    workflowId: redateWorkflowId(input.recordingId),
    input,
    steps: () => redated,
    ...more,
  };
}

/** Its first look takes until the date has changed once more. */
function changedOnceMore(): Partial<LibraryScenario> {
  let begun = () => {};
  let signalled = () => {};
  const looking = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const told = new Promise<void>((resolve) => {
    signalled = resolve;
  });
  let looks = 0;
  const findDateChanges: Activities['findDateChanges'] = async () => {
    begun();
    await told;
    return { changeIds: [`change-${++looks}`], transcripts: [{ transcriptionId: 'txn_1', chunkCount: 1 }] };
  };
  return {
    steps: () => ({ ...redated, findDateChanges }),
    async during(handle) {
      await looking;
      await handle.signal(redateSignal);
      signalled();
    },
  };
}

function indexing(name: string, steps: () => Partial<Activities>): LibraryScenario {
  const input = { tenant, transcriptionId: `txn_${name}` } as const;
  const workflowId = indexWorkflowId(input.transcriptionId);
  return { workflow: INDEX_TRANSCRIPT, workflowId, input, steps: () => ({ ...indexed, ...steps() }) };
}

function erasing(
  target: EraseInput['target'],
  steps: () => Partial<Activities> = () => erased,
  { shortHistories = false, ...more }: Partial<EraseInput> & { shortHistories?: boolean } = {},
): LibraryScenario {
  const input = { tenant, target, ...more };
  return { workflow: ERASE, workflowId: eraseWorkflowId(target.id), input, steps, shortHistories };
}

/** Sessions that outlived their retention, as many at each look. */
function maintaining(key: string, looks: number[], more: Partial<LibraryScenario> = {}): LibraryScenario {
  return {
    workflow: MAINTAIN,
    workflowId: `maintain-${key}`,
    steps() {
      let looked = 0;
      const expiredSessions: Activities['expiredSessions'] = async () => {
        const look = looked++;
        const ids = Array.from({ length: looks[look] ?? 0 }, (_, i) => `as_${key}${look}${i}` as const);
        const idleSince = '2026-01-01T00:00:00.000Z';
        return { sessions: ids.map((id) => ({ tenant, id, idleSince })), lookAgainMs: 1 };
      };
      return { ...erased, removeExpired: async () => 3, expiredSessions };
    },
    ...more,
  };
}

/** An erasure that an earlier maintenance began, and that no worker has taken up yet. */
const expiring = (client: Client) =>
  client.workflow.start(ERASE, {
    workflowId: expiryWorkflowId('as_d00'),
    taskQueue: 'without-a-worker',
    args: [{ tenant, target: { type: 'session', id: 'as_d00' } }],
  });

/** Every path of the other workflows that one may be on when a new version is deployed. */
export const LIBRARY_SCENARIOS: Record<string, LibraryScenario> = {
  ...REINDEX_SCENARIOS,
  'transcript-indexed': indexing('1', () => ({})),
  'transcript-that-replaces-none-indexed': indexing('4', () => ({ publishTranscription: async () => [] })),
  'transcript-deleted-while-it-is-indexed': indexing('2', () => ({
    indexChunks: async () => {
      throw toFailure(notFound('transcription', 'txn_2'));
    },
  })),
  'transcript-that-no-index-takes': indexing('3', () => ({
    indexChunks: async () => {
      throw toFailure(new AskError('invalid_request', 'The index refused the passages.'));
    },
  })),
  'recording-redated': redating('1'),
  'recording-redated-while-it-is-redated': redating('2', changedOnceMore()),
  'recording-redated-that-has-no-transcript': redating('3', {
    steps: () => ({ ...redated, findDateChanges: async () => ({ changeIds: ['change-1'], transcripts: [] }) }),
  }),
  'session-erased': erasing({ type: 'session', id: 'as_1' }),
  'leftovers-of-a-session-erased': erasing({ type: 'session', id: 'as_6' }, () => erased, { onlyIfGone: true }),
  'recording-erased': erasing({ type: 'recording', id: 'rec_1', endUserId: 'eu_1' }),
  'session-erased-and-looked-at-again': erasing({ type: 'session', id: 'as_2' }, () => erased, { lookAgainMs: 500 }),
  'expired-session-erased': erasing({ type: 'session', id: 'as_7' }, () => erased, {
    onlyIfGone: true,
    idleSince: '2026-01-01T00:00:00.000Z',
  }),
  'expired-session-waiting-for-its-second-look': erasing({ type: 'session', id: 'as_8' }, () => erased, {
    onlyIfGone: true,
    waitMs: 500,
  }),
  'erasure-waiting-for-its-second-look': erasing({ type: 'session', id: 'as_3' }, () => erased, { waitMs: 500 }),
  'erasure-overdue': erasing({ type: 'session', id: 'as_4' }, slowly(1_500), { since: 1 }),
  'erasure-that-fails-at-first': erasing({ type: 'session', id: 'as_5' }, slowly(0, 1)),
  'end-user-erased': erasing({ type: 'end_user', id: 'eu_1' }, ofAnEndUser([2])),
  'end-user-erased-while-something-is-created': erasing({ type: 'end_user', id: 'eu_3' }, ofAnEndUser([1, 1])),
  'end-user-with-much-erased-in-two-runs': erasing({ type: 'end_user', id: 'eu_2' }, ofAnEndUser([6, 6]), {
    shortHistories: true,
  }),
  'maintenance-of-nothing': maintaining('a', []),
  'maintenance-of-two-sessions': maintaining('b', [2]),
  'maintenance-of-more-than-one-batch': maintaining('c', [20, 1]),
  'maintenance-beside-an-earlier-one': maintaining('d', [1], { before: expiring }),
  'maintenance-stopped-by-a-full-history': maintaining('e', [20, 20, 20], { shortHistories: true }),
};
