import type { Mutant } from './mutant.ts';

const index = 'workflows/library/index-transcript.ts';
const erase = 'workflows/library/erase.ts';
const maintain = 'workflows/maintain.ts';

/** Changes of indexing, erasure and maintenance. */
export const LIBRARY_MUTANTS: readonly Mutant[] = [
  {
    name: 'chunks are verified before they are indexed',
    kind: 'order',
    file: index,
    edits: [
      [
        "overRanges('indexing', (summary) => step(summary).indexChunks)",
        "overRanges('verifying', (summary) => step(summary, VERIFY_STEP).verifyChunks, 0)",
      ],
      [
        "await overRanges('verifying', (summary) => step(summary, VERIFY_STEP).verifyChunks);",
        "await overRanges('indexing', (summary) => step(summary).indexChunks);",
      ],
    ],
    caughtBy: ['transcript-indexed'],
  },
  {
    name: 'chunks are not verified',
    kind: 'drop',
    file: index,
    edits: [["await overRanges('verifying', (summary) => step(summary, VERIFY_STEP).verifyChunks);", '']],
    caughtBy: ['transcript-indexed', 'transcript-that-replaces-none-indexed'],
  },
  {
    name: 'a range has one chunk more',
    kind: 'carries',
    file: index,
    edits: [['const RANGE = 480;', 'const RANGE = 481;']],
    caughtBy: ['transcript-indexed', 'transcript-deleted-while-it-is-indexed'],
  },
  {
    name: 'ranges are indexed at once',
    kind: 'order',
    file: index,
    edits: [['await activityFor(`', 'void activityFor(`']],
    caughtBy: ['transcript-indexed'],
  },
  {
    name: 'replaced transcripts are retired at once',
    kind: 'order',
    file: index,
    edits: [['await step(`Retire', 'void step(`Retire']],
    caughtBy: ['transcript-indexed'],
  },
  {
    name: 'a transcript that was deleted meanwhile counts as failed',
    kind: 'branch',
    file: index,
    edits: [["if (failure.kind === 'not_found')", "if (failure.kind === 'conflict')"]],
    caughtBy: ['transcript-deleted-while-it-is-indexed'],
  },
  {
    name: 'the failure of an import is recorded without its reason',
    kind: 'carries',
    file: index,
    edits: [['error: failure.message', "error: ''"]],
    caughtBy: ['transcript-that-no-index-takes'],
  },
  {
    name: "a recording is erased without its end user's id",
    kind: 'carries',
    file: erase,
    edits: [
      [
        'return eraseRecording({ tenant, id: target.id, endUserId: target.endUserId });',
        'return eraseRecording({ tenant, id: target.id });',
      ],
    ],
    caughtBy: ['recording-erased'],
  },
  {
    name: "an end user's sessions are erased at once",
    kind: 'order',
    file: erase,
    edits: [
      [
        'for (const id of sessionIds) await eraseSession({ tenant, id });',
        'await Promise.all(sessionIds.map((id) => eraseSession({ tenant, id })));',
      ],
    ],
    caughtBy: ['end-user-erased'],
  },
  {
    name: "an end user's recordings stay",
    kind: 'drop',
    file: erase,
    edits: [['for (const id of recordingIds) await', 'for (const id of []) await']],
    caughtBy: ['end-user-erased'],
  },
  {
    name: 'a session is erased twice',
    kind: 'double',
    file: erase,
    edits: [
      [
        'return eraseSession({ tenant, id: target.id });',
        'await eraseSession({ tenant, id: target.id }); return eraseSession({ tenant, id: target.id });',
      ],
    ],
    caughtBy: ['session-erased'],
  },
  {
    name: 'what did not fit one run of an erasure stays',
    kind: 'drop',
    file: erase,
    edits: [['if (more) return continueAsNew<typeof erase>({ tenant, target });', '']],
    caughtBy: ['end-user-with-much-erased-in-two-runs'],
  },
  {
    name: 'the next run of an erasure has another target',
    kind: 'carries',
    file: erase,
    edits: [
      [
        'continueAsNew<typeof erase>({ tenant, target })',
        "continueAsNew<typeof erase>({ tenant, target: { type: 'session', id: sessionIds[0] } })",
      ],
    ],
    caughtBy: ['end-user-with-much-erased-in-two-runs'],
  },
  {
    name: 'an end user is closed with another limit',
    kind: 'carries',
    file: erase,
    edits: [['const MOST_AT_ONCE = 200;', 'const MOST_AT_ONCE = 100;']],
    caughtBy: ['end-user-erased', 'end-user-with-much-erased-in-two-runs'],
  },
  {
    name: 'what has expired is not removed',
    kind: 'drop',
    file: maintain,
    edits: [['await removeExpired();', '']],
    caughtBy: ['maintenance-of-nothing', 'maintenance-of-two-sessions'],
  },
  {
    name: 'what has expired is removed beside the erasure of sessions',
    kind: 'await',
    file: maintain,
    edits: [['await removeExpired();', 'void removeExpired();']],
    caughtBy: ['maintenance-of-nothing', 'maintenance-of-two-sessions'],
  },
  {
    name: 'expired sessions are erased one after the other',
    kind: 'order',
    file: maintain,
    edits: [
      [
        "await Promise.all(expired.map(({ tenant, id }) => eraseOnce({ tenant, target: { type: 'session', id } })));",
        "for (const { tenant, id } of expired) await eraseOnce({ tenant, target: { type: 'session', id } });",
      ],
    ],
    caughtBy: ['maintenance-of-two-sessions'],
  },
  {
    name: 'an erasure that runs already stops the maintenance',
    kind: 'branch',
    file: maintain,
    edits: [['if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;', 'throw error;']],
    caughtBy: ['maintenance-beside-a-delete'],
  },
  {
    name: 'a second batch of sessions is left',
    kind: 'branch',
    file: maintain,
    edits: [['if (expired.length < BATCH) return;', 'return;']],
    caughtBy: ['maintenance-of-more-than-one-batch'],
  },
  {
    name: 'maintenance goes on whatever the length of its history',
    kind: 'branch',
    file: maintain,
    edits: [['while (!workflowInfo().continueAsNewSuggested)', 'while (true)']],
    caughtBy: ['maintenance-stopped-by-a-full-history'],
  },
  {
    name: 'a session is erased under an id of its own',
    kind: 'carries',
    file: maintain,
    edits: [['workflowId: eraseWorkflowId(input.target.id)', "workflowId: 'expired/' + input.target.id"]],
    caughtBy: ['maintenance-of-two-sessions', 'maintenance-of-more-than-one-batch'],
  },
];
