import type { Client } from '@temporalio/client';
import type { Activities } from '../../activities/index.ts';
import { AskError, notFound } from '../../src/domain/shared/errors.ts';
import {
  ERASE,
  type EraseInput,
  eraseWorkflowId,
  INDEX_TRANSCRIPT,
  type IndexInput,
  indexWorkflowId,
  MAINTAIN,
} from '../../workflows/contract.ts';
import { toFailure } from '../../workflows/failures.ts';

export interface LibraryScenario {
  workflow: typeof ERASE | typeof INDEX_TRANSCRIPT | typeof MAINTAIN;
  workflowId: string;
  input?: EraseInput | IndexInput;
  /** What the steps do; made anew for each recording. */
  steps(): Partial<Activities>;
  /** Needs a server that calls a history long after some events. */
  shortHistories?: boolean;
  /** What goes on already. */
  before?(client: Client): Promise<unknown>;
}

const tenant = { projectId: 'prj_1', mode: 'test', endUserId: 'eu_1' } as const;
const nothing = async () => {};

/** More chunks than one step takes. */
const CHUNKS = 1000;
const indexed: Partial<Activities> = {
  chunkTranscript: async () => CHUNKS,
  indexChunks: nothing,
  verifyChunks: nothing,
  publishTranscription: async () => ['txn_0', 'txn_00'],
  retireTranscription: nothing,
  failTranscription: nothing,
};
const erased: Partial<Activities> = {
  closeEndUser: async () => ({ sessionIds: ['as_1', 'as_2'], recordingIds: ['rec_1'], more: false }),
  eraseSession: nothing,
  eraseRecording: nothing,
  eraseEndUser: nothing,
};

function indexing(name: string, steps: () => Partial<Activities>): LibraryScenario {
  const input = { tenant, transcriptionId: `txn_${name}` } as const;
  const workflowId = indexWorkflowId(input.transcriptionId);
  return { workflow: INDEX_TRANSCRIPT, workflowId, input, steps: () => ({ ...indexed, ...steps() }) };
}

/** Has twice as much as one run erases. */
function muchErased(): Partial<Activities> {
  let runs = 0;
  const closeEndUser = async () => ({ sessionIds: ['as_1' as const], recordingIds: [], more: runs++ === 0 });
  return { ...erased, closeEndUser };
}

function erasing(target: EraseInput['target'], steps = () => erased): LibraryScenario {
  return { workflow: ERASE, workflowId: eraseWorkflowId(target.id), input: { tenant, target }, steps };
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
        return Array.from({ length: looks[look] ?? 0 }, (_, i) => ({ tenant, id: `as_${key}${look}${i}` as const }));
      };
      return { ...erased, removeExpired: async () => 3, expiredSessions };
    },
    ...more,
  };
}

/** A DELETE that no worker has taken up yet. */
const deleting = (client: Client) =>
  client.workflow.start(ERASE, {
    workflowId: eraseWorkflowId('as_d00'),
    taskQueue: 'without-a-worker',
    args: [{ tenant, target: { type: 'session', id: 'as_d00' } }],
  });

/** Every path of the other workflows that one may be on when a new version is deployed. */
export const LIBRARY_SCENARIOS: Record<string, LibraryScenario> = {
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
  'session-erased': erasing({ type: 'session', id: 'as_1' }),
  'recording-erased': erasing({ type: 'recording', id: 'rec_1', endUserId: 'eu_1' }),
  'end-user-erased': erasing({ type: 'end_user', id: 'eu_1' }),
  'end-user-with-much-erased-in-two-runs': erasing({ type: 'end_user', id: 'eu_2' }, muchErased),
  'maintenance-of-nothing': maintaining('a', []),
  'maintenance-of-two-sessions': maintaining('b', [2]),
  'maintenance-of-more-than-one-batch': maintaining('c', [20, 1]),
  'maintenance-beside-a-delete': maintaining('d', [1], { before: deleting }),
  'maintenance-stopped-by-a-full-history': maintaining('e', [20, 20, 20], { shortHistories: true }),
};
